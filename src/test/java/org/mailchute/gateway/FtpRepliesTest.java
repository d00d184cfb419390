package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;

/** Every command to a polled server, and what is told when it answers otherwise than with success. */
class FtpRepliesTest {
    private final MovableClock clock = new MovableClock(Clock.systemUTC().instant());

    @RegisterExtension
    final PolledTown polled = new PolledTown(clock);

    private static byte[] bytes(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    /** Told once though it goes on; told when it is over; and then the scan is fetched. */
    @ParameterizedTest(name = "{0} -> {1} {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # command | reply | reply after the transfer | what is told of it | and what to do
            ''   | 421 Too many connections       | -                          | the server greets with "421 Too many connections"        | its limit
            ''   | 530 Not from there             | -                          | the server greets with "530 Not from there"              | this machine's address
            USER | 530 No such user               | -                          | the server answers USER with "530 No such user"          | user and password
            USER | 421 Closing                    | -                          | the server answers USER with "421 Closing"               | its limit
            PASS | 530 Login incorrect.           | -                          | the server answers PASS with "530 Login incorrect."      | user and password
            PASS | 332 Need account               | -                          | the server answers PASS with "332 Need account"          | another user
            TYPE | 504 Text only                  | -                          | the server answers TYPE with "504 Text only"             | binary
            PASV | 502 No passive mode            | -                          | the server answers PORT with "425 No way there"          | passive mode
            PASV | 425 No port left               | -                          | the server answers PASV with "425 No port left"          | passive mode
            LIST | 550 Permission denied          | -                          | the server answers LIST with "550 Permission denied"     | let the user "scanner" list
            LIST | 450 Busy                       | -                          | the server answers LIST with "450 Busy"                  | let the user "scanner" list
            LIST | 425 Cannot connect             | -                          | the server answers LIST with "425 Cannot connect"        | passive ports
            LIST | 522 Data TLS required          | -                          | the server answers LIST with "522 Data TLS required"     | require_ssl_reuse
            LIST | 500 What?                      | -                          | the server answers LIST with "500 What?"                 | log
            LIST | 226 Done                       | -                          | the server answers LIST with "226 Done"                  | log
            LIST | 150 Here it comes              | 426 Broken                 | the server answers LIST with "426 Broken"                | passive ports
            LIST | 150 Here it comes              | 451 Disk error             | the server answers LIST with "451 Disk error"            | log
            LIST | 150 Here it comes              | 425 TLS session not resumed| the server answers LIST with "425 TLS session not resumed" | require_ssl_reuse
            RETR | 425 Cannot connect             | -                          | the server answers RETR with "425 Cannot connect"        | passive ports
            RETR | 150 Here it comes              | 426 Broken                 | the server answers RETR with "426 Broken"                | passive ports
            RETR | 530 Not logged in              | -                          | the server answers RETR with "530 Not logged in"         | user and password
            """)
    void aRefusalThatStopsPollingIsToldOnceWithItsRemedy(
            String command, String reply, @org.jspecify.annotations.Nullable String last, String told, String remedy)
            throws Exception {
        try (ScriptedFtp server = ScriptedFtp.plain();
                LogLines log = LogLines.ofIntakes()) {
            server.files().put("scan.bin", bytes("scan"));
            server.answer("PORT", "425 No way there");
            server.answer(command, last == null ? new String[] {reply} : new String[] {reply, last});
            polled.polling(server.port(), "tls: false,").start();
            await("polled some times")
                    .until(() -> command.isEmpty() ? server.sessions() > 7 : server.told(command) > 3);
            assertThat(log.lines())
                    .singleElement(as(STRING))
                    .startsWith("WARN intake plant cannot be polled, and is tried again at each poll: " + told)
                    .contains(remedy)
                    .doesNotContain("ftp-password");
            assertThat(polled.ready()).startsWith("503");

            server.obey(command);
            polled.awaitMail("scan.bin");
            await("well again").until(() -> polled.ready().startsWith("200"));
            assertThat(log.lines().get(1)).isEqualTo("INFO intake plant is polled again");
        }
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # command | reply
            SYST | 502 Not here
            SYST | 215 AIX 7.2
            PASV | 502 Not here
            FEAT | 500 What?
            FEAT | 530 Log in first
            NOOP | 502 Not here
            NOOP | 421 Idle for too long
            PWD  | 502 Not here
            QUIT | 500 Never
            LIST | 550 No files found.
            LIST | 450 No files found
            LIST | 550 Directory is empty
            """)
    void aRefusalThatStopsNothingIsNotTold(String command, String reply) throws Exception {
        try (ScriptedFtp server = ScriptedFtp.plain();
                LogLines log = LogLines.ofIntakes()) {
            server.answer(command, reply);
            polled.polling(server.port(), "tls: false,").start();
            await("polled some times").until(() -> server.listings() > 3);
            assertThat(polled.ready()).startsWith("200");
            if (command.equals("LIST")) {
                server.obey(command);
            }
            server.files().put("scan.bin", bytes("scan"));
            polled.awaitMail("scan.bin");
            await("deleted").until(() -> server.files().isEmpty());
            polled.town().stop();
            assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN") || line.contains("polled"));
        }
    }

    @Test
    void aFolderThatIsNotThereIsToldOfThoughItsListingIsEmpty() throws Exception {
        try (ScriptedFtp server = ScriptedFtp.plain();
                LogLines log = LogLines.ofIntakes()) {
            server.answer("CWD", "550 No such directory");
            polled.polling(server.port(), "tls: false, folder: scans/new,").start();
            await("polled some times").until(() -> server.listings() > 3);
            assertThat(log.lines())
                    .singleElement(as(STRING))
                    .contains("the server answers CWD with \"550 No such directory\"", "the folder \"scans/new\"");
            assertThat(server.told("MKD")).isZero();
            server.obey("CWD");
            await("well again").until(() -> polled.ready().startsWith("200"));
        }
    }

    @Test
    void aRefusedFileThatCannotBeDeletedIsRefusedOnce() throws Exception {
        try (ScriptedFtp server = ScriptedFtp.plain();
                LogLines log = LogLines.of("org.mailchute.watch.WaitingFiles")) {
            server.answer("DELE", "550 Permission denied");
            server.files().put("stranger_1.bin", bytes("scan"));
            polled.polling(
                            server.port(),
                            "tls: false, who: {pattern: \"(?P<user>[a-z]+)_.*\", address: \"{user}@elsewhere.example\"},")
                    .start();
            await("told").until(() -> !log.lines().isEmpty());
            int looks = server.listings();
            await("further polls").until(() -> server.listings() > looks + 4);
            assertThat(log.lines())
                    .singleElement(as(STRING))
                    .contains("\"stranger_1.bin\" was refused but cannot be deleted on 127.0.0.1");
            assertThat(server.told("RETR")).isEqualTo(1);
        }
    }

    /** RFC 959 section 5.1 asks for less: all that is needed besides is a listing. */
    @Test
    void aServerThatKnowsNoMoreThanItMustIsPolled() throws Exception {
        try (ScriptedFtp server = ScriptedFtp.plain();
                LogLines log = LogLines.ofIntakes()) {
            server.saysNoMoreThanCodes();
            for (String command : new String[] {"SYST", "FEAT", "PASV", "EPSV", "PWD", "CWD", "NOOP", "PASS"}) {
                server.answer(command, "502");
            }
            server.answer("USER", "230");
            polled.polling(server.port(), "tls: false,").start();
            await("listed").until(() -> server.listings() > 2);
            server.files().put("scan.bin", bytes("scan"));
            polled.awaitMail("scan.bin");
            assertThat(log.lines()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            11-28-26  09:14AM       %2$20d %1$s
            28-11-2026  09:14       %2$20d %1$s
            -rw-r--r--   1 1000     system   %2$d 23 Nov 12:00 %1$s
            SCANNER        %2$d 11/28/26 09:14:08 *STMF      %1$s
            - [RWCEAFMS] admin           %2$d Nov 23 12:00 %1$s
            """)
    void theFormOfAListingIsDetected(String form) throws Exception {
        try (ScriptedFtp server = ScriptedFtp.plain()) {
            server.answer("SYST", "215 AIX 7.2");
            server.listAs((name, size) -> form.formatted(name, size));
            server.files().put("scan one.bin".replace(' ', form.startsWith("SCANNER") ? '-' : ' '), bytes("scan"));
            polled.polling(server.port(), "tls: false,").start();
            await("deleted").until(() -> server.files().isEmpty());
            await("mailed").until(() -> polled.holds("scan"));
        }
    }

    @Test
    void whereTheServerOffersMlsdItIsAskedForThat() throws Exception {
        try (ScriptedFtp server = ScriptedFtp.plain()) {
            server.answer("FEAT", "211-What there is\r\n MLST type*;size*;modify*;\r\n211 End");
            server.files().put("scan one.bin", bytes("scan"));
            polled.polling(server.port(), "tls: false,").start();
            polled.awaitMail("scan one.bin");
            assertThat(server.told("LIST")).isZero();
            server.answer("MLSD", "502 Not here after all");
            server.files().put("next.bin", bytes("next"));
            polled.awaitMail("next.bin");
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void namesWillDoWhereNobodyKnowsTheFormOfAListing(boolean knowsSize) throws Exception {
        try (ScriptedFtp server = ScriptedFtp.plain()) {
            if (!knowsSize) {
                server.answer("SIZE", "502 Not here");
            }
            server.listAs((name, size) -> name + " lies here, with " + size + " octets");
            server.files().put("scan one.bin", bytes("scan"));
            polled.polling(server.port(), "tls: false, listing: names,").start();
            polled.awaitMail("scan one.bin");
            await("deleted").until(() -> server.files().isEmpty());
            assertThat(polled.holds("scan")).isTrue();
        }
    }

    @Test
    void aListingThatNobodyCanReadIsNoEmptyFolder() throws Exception {
        try (ScriptedFtp server = ScriptedFtp.plain();
                LogLines log = LogLines.ofIntakes()) {
            server.list("scan.bin lies here, with 4 octets\r\n");
            polled.polling(server.port(), "tls: false,").start();
            await("polled some times").until(() -> server.listings() > 3);
            assertThat(log.lines())
                    .singleElement(as(STRING))
                    .contains("cannot be polled", "its listing is in a form that is not known", "listing: names");
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "USER", "FEAT", "PASV", "LIST"})
    void aReplyWithoutEndIsLeftAndTold(String command) throws Exception {
        try (ScriptedFtp server = ScriptedFtp.plain();
                LogLines log = LogLines.ofIntakes()) {
            server.answer(command, "220-" + "and so on ".repeat(100_000));
            polled.polling(server.port(), "tls: false,").start();
            await("told").until(() -> !log.lines().isEmpty());
            assertThat(log.lines().get(0)).contains("cannot be polled", "its reply is longer than 65536 characters");
            server.obey(command);
            await("well again").until(() -> polled.ready().startsWith("200"));
        }
    }

    @Test
    void aListingWithoutEndIsLeftAndTold() throws Exception {
        try (ScriptedFtp server = ScriptedFtp.plain();
                LogLines log = LogLines.ofIntakes()) {
            server.list("-rw-r--r-- 1 a a 4 Nov 28 09:14 scan.bin\r\n".repeat(50_001));
            polled.polling(server.port(), "tls: false,").start();
            await("told").until(() -> !log.lines().isEmpty());
            assertThat(log.lines().get(0)).contains("cannot be polled", "its listing is longer than 50000 lines");
        }
    }

    @Test
    void afterOneTroubleAnotherIsToldAndTheFirstNotAgain() throws Exception {
        try (ScriptedFtp server = ScriptedFtp.plain();
                LogLines log = LogLines.ofIntakes()) {
            for (int turn = 1; turn <= 3; turn++) {
                server.answer("LIST", turn % 2 == 1 ? "550 Not for session " + turn : "425 Not for session " + turn);
                if (turn == 1) {
                    polled.polling(server.port(), "tls: false,").start();
                }
                int looks = server.listings();
                await("polled some times").until(() -> server.listings() > looks + 3);
            }
            assertThat(log.lines()).hasSize(2);
        }
    }
}
