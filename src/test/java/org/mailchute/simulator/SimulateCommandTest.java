package org.mailchute.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.OwnJava;

/** The command, in a JVM of its own with a heap that a message would not fit into. */
class SimulateCommandTest {
    private static final int MEGABYTE = 1 << 20;
    private static final String HEAP = "-Xmx24m";

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    private BufferedReader simulate(String... options) throws IOException {
        List<String> command = OwnJava.running("org.mailchute.command.Main", HEAP);
        command.add("simulate");
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.add(process);
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String next(BufferedReader out, String beginning) throws IOException {
        List<String> before = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
            before.add(line);
        }
        throw new IOException("it ended without a line " + beginning + ", but said " + before);
    }

    @Test
    @DisplayName("P8: 150 MB are streamed to the file, with a heap of 24 MB")
    void aMessageOf150MegabytesPassesASmallHeap() throws Exception {
        BufferedReader out = simulate("--mail", folder.toString());
        int port = port(next(out, "MX host"));
        byte[] text = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\r\n"
                .repeat(MEGABYTE / 64)
                .getBytes(StandardCharsets.US_ASCII);
        try (RawClient client = RawClient.greeted(port)) {
            client.ask("MAIL FROM:<>");
            client.ask("RCPT TO:<anna@contoso.example>");
            client.ask("DATA");
            for (int megabyte = 0; megabyte < 150; megabyte++) {
                client.send(text, text.length);
            }
            assertThat(client.ask(".")).startsWith("250 2.6.0");
        }
        assertThat(next(out, "direct-send")).contains("from  for [anna@contoso.example], " + folder);
        assertThat(folder.resolve("0001-direct-send-anna@contoso.example.eml")).hasSize(150L * MEGABYTE);
    }

    @Test
    void itSaysWhereEverythingListensAndFollowsTheScenario() throws Exception {
        Path scenario = Files.writeString(
                folder.resolve("scenario.yaml"),
                "{rules: [{match: anna, at: RCPT, reply: 452 4.2.2 Full}], app: {clientSecret: may-be-real}}");
        BufferedReader out = simulate("--scenario", scenario.toString(), "--mail", folder.toString());
        assertThat(next(out, "submission")).matches("submission +localhost:\\d+ \\(STARTTLS\\)");
        int port = port(next(out, "MX host"));
        assertThat(next(out, "token endpoint")).matches(".* https://localhost:\\d+/contoso\\.example/");
        assertThat(next(out, "certificates")).contains(folder + " (ca.pem");
        assertThat(next(out, "application")).doesNotContain("may-be-real");
        assertThat(folder).isDirectoryContaining("glob:**/ca.pem").isDirectoryContaining("glob:**/client-key.pem");
        try (RawClient client = RawClient.greeted(port)) {
            assertThat(client.mail("", "anna@contoso.example", "")).isEqualTo("452 4.2.2 Full");
        }
    }

    @Test
    void aFaultyScenarioEndsItWithASentence() throws Exception {
        Path scenario = Files.writeString(folder.resolve("scenario.yaml"), "delay: 3");
        BufferedReader out = simulate("--scenario", scenario.toString());
        assertThat(next(out, "mailchute")).contains("scenario.yaml").contains("delay");
        assertThat(started.get(0).waitFor()).isEqualTo(1);
    }

    private static int port(String line) {
        return Integer.parseInt(line.replaceAll(".*localhost:(\\d+).*", "$1"));
    }
}
