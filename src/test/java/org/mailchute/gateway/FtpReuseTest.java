package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.steps.PollTrouble;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;

/** FTPS servers that want the TLS session of the control connection on each data connection, with a port for each. */
class FtpReuseTest {
    private final MovableClock clock = new MovableClock(Clock.systemUTC().instant());

    @RegisterExtension
    final PolledTown polled = new PolledTown(clock);

    private ScriptedFtp serve(StrictTls tls, Certificates authority) throws Exception {
        ScriptedFtp server = new ScriptedFtp(StandardCharsets.ISO_8859_1, tls);
        polled.polling(
                server.port(), "trust: \"" + authority.trustFile(polled.town().folder("secrets")) + "\",");
        return server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void everyDataConnectionResumesTheSessionOfTheControlConnection(String version) throws Exception {
        Certificates authority = new Certificates();
        StrictTls tls = new StrictTls(authority.server("localhost", "127.0.0.1"), version);
        try (ScriptedFtp server = serve(tls, authority);
                LogLines log = LogLines.of(PollTrouble.class.getName())) {
            for (int scan = 1; scan <= 3; scan++) {
                server.files().put(scan + ".bin", "scan".getBytes(StandardCharsets.UTF_8));
            }
            polled.start();
            for (int scan = 1; scan <= 3; scan++) {
                polled.awaitMail(scan + ".bin");
            }
            await("deleted").until(() -> server.files().isEmpty());
            int looks = server.listings();
            await("further polls").until(() -> server.listings() > looks + 3);
            assertThat(log.lines()).isEmpty();
            assertThat(server.sessions()).isEqualTo(1);
            assertThat(tls.resumed()).isGreaterThanOrEqualTo(server.told("RETR") + looks + 2);
        }
    }

    @Test
    @DisplayName(
            "P9: a server that breaks off data connections all the same is told of, with its reply, and makes not ready")
    void aServerThatWantsMoreIsToldOfDailyUntilItIsWellAgain() throws Exception {
        Certificates authority = new Certificates();
        StrictTls tls = new StrictTls(authority.server("localhost", "127.0.0.1"), "TLSv1.3");
        tls.refuse(true);
        try (ScriptedFtp server = serve(tls, authority);
                LogLines log = LogLines.of(PollTrouble.class.getName())) {
            server.files().put("scan.bin", "scan".getBytes(StandardCharsets.UTF_8));
            polled.start();
            await("refused some times").until(() -> server.listings() > 3);
            assertThat(log.lines())
                    .singleElement(as(STRING))
                    .startsWith(
                            "WARN intake plant cannot be polled, and is tried again at each poll: the server answers LIST"
                                    + " with \"522 SSL connection failed: session reuse required\"")
                    .contains("require_ssl_reuse=NO", "NoSessionReuseRequired");
            assertThat(polled.ready()).startsWith("503 not ready: intake plant cannot be polled");

            clock.move(Duration.ofHours(25));
            await("told again").until(() -> log.lines().size() == 2);

            tls.refuse(false);
            polled.awaitMail("scan.bin");
            await("well again").until(() -> log.lines().size() == 3);
            assertThat(log.lines().get(2)).isEqualTo("INFO intake plant is polled again");
            assertThat(polled.ready()).isEqualTo("200 ready\n");
        }
    }
}
