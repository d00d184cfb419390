package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.Missing;
import org.mailchute.testing.Patience;

/** The example clients of deploy/examples, as processes of their own, at the finished jar's port: TLS, login, answer, mail. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {
    private static final Path EXAMPLES = Path.of("deploy/examples");
    private static final String PASSWORD = "kX9-billing";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Path root;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Workplace work;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private RunningJar gateway;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Certificates authority;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        root = folder;
        authority = new Certificates();
        work = new Workplace(root, Scenario.standard());
        gateway = RunningJar.gateway(root, "128m", settings()).awaitUp();
    }

    @AfterAll
    void close() throws Exception {
        gateway.close();
        work.close();
    }

    private Path settings() throws Exception {
        X509Bundle own = authority.server("localhost", "127.0.0.1");
        Path chain = Files.writeString(root.resolve("broker.pem"), own.getCertificatePEM());
        Path key = Files.writeString(root.resolve("broker-key.pem"), own.getPrivateKeyPEM());
        Path password = Files.writeString(root.resolve("password"), PASSWORD);
        Path file = work.settings(work.folder("home"));
        String settings = Files.readString(file)
                .replace(
                        "  folders:",
                        "  jms: [{name: applications, queue: mail.requests, from: billing@contoso.example}]\n  folders:");
        return Files.writeString(file, settings + """
                broker:
                  accept:
                    port: 0
                    protocols: [core, amqp]
                    certificate: {chain: "%s", key: "%s"}
                    users: [{name: billing, password: "${file:%s}", maySend: mail.requests}]
                """.formatted(chain, key, password));
    }

    @Test
    @DisplayName("P9: a request to the management port that does not end is left after its time")
    void aHalfRequestIsLeftAfterItsTime() throws Exception {
        String[] address = Files.readString(work.folder("home").resolve("management.address"))
                .split(":");
        try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
            socket.setSoTimeout(Patience.MILLIS);
            socket.getOutputStream().write("GET /health/live HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private int port() throws IOException {
        return Integer.parseInt(
                gateway.output().replaceFirst("(?s).*applications reach the broker at 127\\.0\\.0\\.1:(\\d+).*", "$1"));
    }

    private record Ran(int exitCode, String output) {}

    private Ran run(List<String> command) throws Exception {
        Path output = Files.createTempFile(root, "example-", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("MAILCHUTE_USER", "billing", "MAILCHUTE_PASSWORD", PASSWORD));
        Process process = builder.start();
        if (!process.waitFor(Patience.MILLIS, TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            fail("still running: " + Files.readString(output));
        }
        return new Ran(process.exitValue(), Files.readString(output));
    }

    private Ran java(String recipient) throws Exception {
        Path trust = authority.trustStore(root, "changeit");
        return run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // it compiles the example, and ends
                "-XX:+UseSerialGC",
                "-cp",
                Objects.requireNonNull(System.getProperty("mailchute.jar")),
                EXAMPLES.resolve("PublishMail.java").toString(),
                "tcp://localhost:" + port() + "?callTimeout=" + Patience.MILLIS
                        + ";sslEnabled=true;trustStorePassword=changeit;trustStorePath=" + trust,
                recipient,
                "From Java"));
    }

    private Ran python(String recipient) throws Exception {
        return run(List.of(
                interpreter(),
                EXAMPLES.resolve("publish_mail.py").toString(),
                "amqps://localhost:" + port(),
                authority.trustFile(root).toString(),
                recipient,
                "From Python"));
    }

    /** The one that has Qpid Proton; .ci/run installs it and says it must be there. */
    private String interpreter() throws Exception {
        List<String> tried = new ArrayList<>();
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                if (run(List.of(python, "-c", "import proton")).exitCode() == 0) {
                    return python;
                }
                tried.add(python + " has no module proton");
            } catch (IOException e) {
                tried.add(python + " is not there");
            }
        }
        return Missing.program(
                "the AMQP example needs Python with Qpid Proton (apt install python3-qpid-proton): " + tried);
    }

    private void awaitMail(String subject) {
        Awaitility.await("the mail " + subject).until(() -> subjects().anyMatch(subject::equals));
    }

    private Stream<String> subjects() {
        return work.received().stream().map(mail -> {
            try {
                return Workplace.field(mail.file(), "Subject");
            } catch (IOException e) {
                return "";
            }
        });
    }

    @Test
    void theJavaExamplePublishesAndIsAnswered() throws Exception {
        Ran ran = java("anna@contoso.example");
        assertThat(ran.exitCode()).as(ran.output()).isZero();
        awaitMail("From Java");
    }

    @Test
    void theJavaExampleIsToldWhatIsWrong() throws Exception {
        Ran ran = java("anna@elsewhere.example");
        assertThat(ran.exitCode()).as(ran.output()).isEqualTo(1);
        assertThat(ran.output()).containsIgnoringCase("\"refused\"");
    }

    @Test
    void theAmqpExamplePublishesAndIsAnswered() throws Exception {
        Ran ran = python("anna@contoso.example");
        assertThat(ran.exitCode()).as(ran.output()).isZero();
        awaitMail("From Python");
    }

    @Test
    void theAmqpExampleIsToldWhatIsWrong() throws Exception {
        Ran ran = python("anna@elsewhere.example");
        assertThat(ran.exitCode()).as(ran.output()).isEqualTo(1);
        assertThat(ran.output()).containsIgnoringCase("\"refused\"");
    }
}
