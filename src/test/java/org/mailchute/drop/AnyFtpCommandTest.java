package org.mailchute.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.credentials.SecretText;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.Mutations;
import org.mailchute.testing.Talk;
import org.mailchute.watch.IgnoredNames;

/** Whatever a device says by FTP: replies, and an end; no fault, and nothing comes to be outside of its own folder. */
class AnyFtpCommandTest {
    private static final String LOGIN = "USER copier\r\nPASS device-password\r\n";

    /** No PASV: who opens no data connection then is waited for. */
    private static final String GOOD =
            "SYST\r\nFEAT\r\nOPTS UTF8 ON\r\nPWD\r\nTYPE I\r\nMKD in/out\r\nMKD in\r\nCWD in\r\nMKD deeper\r\nSTOR a.pdf\r\n"
                    + "SIZE a.pdf\r\nMDTM a.pdf\r\nMLST deeper\r\nRNFR a\r\nRNTO b\r\nCDUP\r\nDELE a\r\nRMD in/deeper\r\nSTOU\r\nAPPE x\r\n"
                    + "LIST\r\nNLST\r\nMLSD in\r\nRETR x\r\nALLO 9\r\nSTRU F\r\nMODE S\r\nNOOP\r\nABOR\r\nQUIT\r\n";

    private static final String[] WORDS = {
        "\r\n",
        "\n",
        "\r",
        "\0",
        " ",
        "/",
        "//",
        "..",
        "../../",
        "/..",
        "./",
        "\\..\\",
        ":",
        "*",
        "-la",
        "%s",
        "%2e%2e",
        "\u00ff\u00f4\u00ff\u00f2",
        "\u00ff",
        "\u00c3\u00a4",
        "\u00e4",
        ".partial",
        ".partial/1",
        "con",
        "MKD ",
        "XMKD ",
        "CWD ",
        "CWD ~\r\n",
        "STOR ",
        "RNFR .partial\r\n",
        "RNTO ../copier\r\n",
        "RMD /\r\n",
        "RMD ..\r\n",
        "PORT 127,0,0,1,0,1\r\n",
        "SITE CHMOD 777 x\r\n",
        "REST 5\r\n",
        "USER plotter\r\n",
        "x/".repeat(100),
        "x".repeat(300),
        "x".repeat(13_000)
    };

    @TempDir
    Path root;

    private static String said(int port, byte[] octets) throws IOException {
        return new String(Talk.answers(port, octets, false), StandardCharsets.UTF_8);
    }

    /** In every other dialogue the login itself is as it should be. */
    private static byte[] octets(long seed) {
        byte[] good = GOOD.getBytes(StandardCharsets.ISO_8859_1);
        byte[] login = LOGIN.getBytes(StandardCharsets.ISO_8859_1);
        Mutations mutations = new Mutations(seed, WORDS);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(seed % 10 == 0 ? mutations.of(login) : login);
        all.writeBytes(mutations.of(good));
        all.writeBytes("\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        return all.toByteArray();
    }

    private List<Path> below(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !path.equals(folder))
                    .map(folder::relativize)
                    .toList();
        }
    }

    private void talks(int from, int to) throws Exception {
        DropFolder folder = DropFolder.open(
                root.resolve("home/copier"), true, new Quota(1 << 20, 50), IgnoredNames::ignored, () -> false);
        DropLogin login = new DropLogin("copier", new SecretText("device-password"), folder, Optional.empty());
        try (LogLines log = LogLines.of("org.mailchute.drop");
                DropServer server = DropServer.start(
                        DropServerTest.plan("0", 50, Duration.ZERO), List.of(login), Clock.systemUTC())) {
            int answered = 0;
            for (long seed = from; seed < to; seed++) {
                String said = said(server.port(), octets(seed));
                // whole lines only: the session may end in the middle of one
                String whole = said.substring(0, said.lastIndexOf('\n') + 1);
                answered += whole.startsWith("220 ") ? 1 : 0;
                assertThat(whole.replace("\r\n", ""))
                        .as("seed %d: each line ends with CR LF", seed)
                        .doesNotContain("\n");
            }
            assertThat(answered)
                    .isGreaterThan((to - from) / 2); // a session that ends by a reset may have said more than was heard
            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
        }
        assertThat(below(root)).contains(Path.of("home/copier/.partial"), Path.of("home/copier/in"));
        assertThat(below(root.resolve("home")))
                .allMatch(path -> path.startsWith("copier") && path.getNameCount() <= 11);
        assertThat(below(folder.partial())).isEmpty();
    }

    @Test
    void isAnsweredOrCutOff() throws Exception {
        talks(0, 200);
    }

    @Test
    @Tag("nightly")
    void isAnsweredOrCutOffWithMorePatience() throws Exception {
        talks(200, 20_000);
    }
}
