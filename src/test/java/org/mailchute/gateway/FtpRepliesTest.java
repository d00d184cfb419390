package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.mailchute.testing.LogLines;

/**
 * Every command to a polled server, and what is told when it answers otherwise than with success. One gateway polls all servers
 * at once, and each is watched by a thread of its own; its test asks what that found.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FtpRepliesTest {
    @RegisterExtension
    final PolledTown polled = new PolledTown(Clock.systemUTC());

    private final LogLines log = LogLines.ofIntakes();
    private final ExecutorService watchers = Executors.newCachedThreadPool();
    private final List<Plant> plants = new ArrayList<>();

    /** Told once though it goes on; told when it is over; and then the scan is fetched. */
    // command, which is none for the greeting | reply | reply after the transfer | what is told of it | and what to do
    final List<Plant> refusals = rows("", this::refuses, this::isToldOnceWithItsRemedy, """
                 | 421 Too many connections       | -                          | the server greets with "421 Too many connections"        | its limit
                 | 530 Not from there             | -                          | the server greets with "530 Not from there"              | this machine's address
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
            """);

    // command | reply
    final List<Plant> trifles = rows("", this::answers, this::isNotTold, """
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
            """);

    final List<Plant> forms = rows("", this::listsIn, this::isFetched, """
            11-28-26  09:14AM       %2$20d %1$s
            28-11-2026  09:14       %2$20d %1$s
            -rw-r--r--   1 1000     system   %2$d 23 Nov 12:00 %1$s
            SCANNER        %2$d 11/28/26 09:14:08 *STMF      %1$s
            - [RWCEAFMS] admin           %2$d Nov 23 12:00 %1$s
            """);

    // whether it knows SIZE
    final List<Plant> bareNames = rows("listing: names,", this::listsNames, this::isFetched, """
            true
            false
            """);

    final List<Plant> endless = rows("", this::repliesWithoutEnd, this::isLeftAndTold, """

            USER
            FEAT
            PASV
            LIST
            """);

    FtpRepliesTest() throws Exception {}

    /** @param keys of the intake */
    private List<Plant> rows(String keys, Act before, Act watch, String table) throws Exception {
        List<Plant> rows = new ArrayList<>();
        for (String line : table.lines().toList()) {
            rows.add(new Plant(keys, before, watch, line.split(" *[|] *")));
        }
        return rows;
    }

    @BeforeAll
    void begin() throws Exception {
        polled.start();
        plants.forEach(plant -> watchers.execute(plant.watched));
    }

    @AfterAll
    void end() throws Exception {
        watchers.shutdownNow();
        log.close();
        for (Plant plant : plants) {
            plant.server.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("refusals")
    void aRefusalThatStopsPollingIsToldOnceWithItsRemedy(Plant plant) throws Exception {
        plant.watched.get();
    }

    private void refuses(Plant plant) {
        plant.save("scan.bin");
        plant.server.answer("PORT", "425 No way there");
        plant.server.answer(
                plant.row[0],
                plant.row[2].equals("-") ? new String[] {plant.row[1]} : new String[] {plant.row[1], plant.row[2]});
    }

    private void isToldOnceWithItsRemedy(Plant plant) throws Exception {
        String command = plant.row[0];
        await("polled some times")
                .until(() -> command.isEmpty() ? plant.server.sessions() > 7 : plant.server.told(command) > 3);
        assertThat(plant.lines())
                .singleElement(as(STRING))
                .startsWith("WARN intake " + plant.name + " cannot be polled, and is tried again at each poll: "
                        + plant.row[3])
                .contains(plant.row[4])
                .doesNotContain("ftp-password");
        assertThat(polled.ready()).startsWith("503").contains(plant.name);

        plant.server.obey(command);
        plant.awaitMail("scan.bin");
        plant.awaitWell();
        assertThat(plant.lines().get(1)).isEqualTo("INFO intake " + plant.name + " is polled again");
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("trifles")
    void aRefusalThatStopsNothingIsNotTold(Plant plant) throws Exception {
        plant.watched.get();
    }

    private void answers(Plant plant) {
        plant.server.answer(plant.row[0], plant.row[1]);
    }

    private void isNotTold(Plant plant) throws Exception {
        plant.awaitPolls(4);
        plant.awaitWell();
        if (plant.row[0].equals("LIST")) {
            plant.server.obey("LIST");
        }
        plant.save("scan.bin");
        isFetched(plant);
        plant.awaitPolls(2);
        assertThat(plant.lines()).noneMatch(line -> line.startsWith("WARN") || line.contains("polled"));
    }

    private final Plant withoutFolder =
            new Plant("folder: scans/new,", plant -> plant.server.answer("CWD", "550 No such directory"), plant -> {
                plant.awaitPolls(4);
                assertThat(plant.lines())
                        .singleElement(as(STRING))
                        .contains("the server answers CWD with \"550 No such directory\"", "the folder \"scans/new\"");
                assertThat(plant.server.told("MKD")).isZero();
                plant.server.obey("CWD");
                plant.awaitWell();
            });

    @Test
    void aFolderThatIsNotThereIsToldOfThoughItsListingIsEmpty() throws Exception {
        withoutFolder.watched.get();
    }

    private final Plant strangers = new Plant(
            "who: {pattern: \"(?P<user>[a-z]+)_.*\", address: \"{user}@elsewhere.example\"},",
            plant -> {
                plant.server.answer("DELE", "550 Permission denied");
                plant.server.files().put("stranger_1.bin", "scan".getBytes(StandardCharsets.UTF_8));
            },
            plant -> {
                await("told").until(() -> !plant.lines().isEmpty());
                plant.awaitPolls(5);
                assertThat(plant.lines())
                        .singleElement(as(STRING))
                        .contains("\"stranger_1.bin\" was refused but cannot be deleted on 127.0.0.1");
                assertThat(plant.server.told("RETR")).isEqualTo(1);
            });

    @Test
    void aRefusedFileThatCannotBeDeletedIsRefusedOnce() throws Exception {
        strangers.watched.get();
    }

    private final Plant terse = new Plant(
            "",
            plant -> {
                plant.server.saysNoMoreThanCodes();
                for (String command : new String[] {"SYST", "FEAT", "PASV", "EPSV", "PWD", "CWD", "NOOP", "PASS"}) {
                    plant.server.answer(command, "502");
                }
                plant.server.answer("USER", "230");
            },
            plant -> {
                plant.awaitPolls(3);
                plant.save("scan.bin");
                plant.awaitMail("scan.bin");
                assertThat(plant.lines()).isEmpty();
            });

    /** RFC 959 section 5.1 asks for less: all that is needed besides is a listing. */
    @Test
    void aServerThatKnowsNoMoreThanItMustIsPolled() throws Exception {
        terse.watched.get();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("forms")
    void theFormOfAListingIsDetected(Plant plant) throws Exception {
        plant.watched.get();
    }

    private void listsIn(Plant plant) {
        plant.server.answer("SYST", "215 AIX 7.2");
        plant.server.listAs((name, size) -> plant.row[0].formatted(name, size));
        plant.save(plant.row[0].startsWith("SCANNER") ? "scan.bin" : " one.bin");
    }

    private void isFetched(Plant plant) {
        await("mailed").until(() -> polled.holds(plant.name));
        await("deleted").until(() -> plant.server.files().isEmpty());
    }

    private static final String MLST = "211-What there is\r\n MLST type*;size*;modify*;\r\n211 End";

    private final Plant modern = new Plant(
            "",
            plant -> {
                plant.server.answer("FEAT", MLST);
                plant.save(" one.bin");
            },
            plant -> {
                plant.awaitMail(" one.bin");
                assertThat(plant.server.told("LIST")).isZero();
                plant.server.answer("MLSD", "502 Not here after all");
                plant.save("next.bin");
                plant.awaitMail("next.bin");
            });

    @Test
    void whereTheServerOffersMlsdItIsAskedForThat() throws Exception {
        modern.watched.get();
    }

    private final Plant linked = new Plant(
            "",
            plant -> {
                plant.server.answer("FEAT", MLST);
                plant.server.list("type=OS.unix=symlink;size=4;modify=20261123120000; " + plant.name + "link.bin\r\n");
                plant.save("one.bin");
            },
            plant -> {
                plant.awaitMail("one.bin");
                assertThat(plant.lines())
                        .singleElement(as(STRING))
                        .contains("lists \"" + plant.name + "link.bin\", a symbolic link");
                assertThat(plant.server.told("RETR " + plant.name + "link.bin")).isZero();
            });

    @Test
    void aSymbolicLinkIsToldOfWhereMlsdListsItToo() throws Exception {
        linked.watched.get();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("bareNames")
    void namesWillDoWhereNobodyKnowsTheFormOfAListing(Plant plant) throws Exception {
        plant.watched.get();
    }

    private void listsNames(Plant plant) {
        if (plant.row[0].equals("false")) {
            plant.server.answer("SIZE", "502 Not here");
        }
        plant.server.listAs((name, size) -> name + " lies here, with " + size + " octets");
        plant.save(" one.bin");
    }

    private final Plant blank = new Plant(
            "folder: in box, listing: list,",
            plant -> {
                plant.server.answer("LIST in box", "550 No files found");
                plant.save("scan.bin");
            },
            plant -> await("asked for").until(() -> plant.server.told("RETR in box/" + plant.name + "scan.bin") > 0));

    @Test
    void aFolderWithABlankInItsNameIsListedFromWithinWhereItsNameGivesNothing() throws Exception {
        blank.watched.get();
    }

    private final Plant unreadable =
            new Plant("", plant -> plant.server.list("scan.bin lies here, with 4 octets\r\n"), plant -> {
                plant.awaitPolls(4);
                assertThat(plant.lines())
                        .singleElement(as(STRING))
                        .contains("cannot be polled", "its listing is in a form that is not known", "listing: names");
            });

    @Test
    void aListingThatNobodyCanReadIsNoEmptyFolder() throws Exception {
        unreadable.watched.get();
    }

    @ParameterizedTest
    @FieldSource("endless")
    void aReplyWithoutEndIsLeftAndTold(Plant plant) throws Exception {
        plant.watched.get();
    }

    private void repliesWithoutEnd(Plant plant) {
        plant.server.answer(plant.row[0], "220-" + "and so on ".repeat(100_000));
    }

    private void isLeftAndTold(Plant plant) {
        plant.awaitTold("its reply is longer than 65536 characters");
        plant.server.obey(plant.row[0]);
        plant.awaitWell();
    }

    private final Plant longListing = new Plant(
            "", plant -> plant.server.list("-rw-r--r-- 1 a a 4 Nov 28 09:14 scan.bin\r\n".repeat(50_001)), plant -> {
                plant.awaitTold("its listing is longer than 50000 lines");
                plant.server.list("");
            });

    @Test
    void aListingWithoutEndIsLeftAndTold() throws Exception {
        longListing.watched.get();
    }

    private final Plant changing = new Plant("", plant -> changeTrouble(plant, 1), plant -> {
        for (int turn = 2; turn <= 4; turn++) {
            plant.awaitPolls(4);
            changeTrouble(plant, turn);
        }
        assertThat(plant.lines()).hasSize(2);
    });

    private static void changeTrouble(Plant plant, int turn) {
        plant.server.answer("LIST", turn % 2 == 1 ? "550 Not for session " + turn : "425 Not for session " + turn);
    }

    @Test
    void afterOneTroubleAnotherIsToldAndTheFirstNotAgain() throws Exception {
        changing.watched.get();
    }

    /** What is done to a server, or seen there. */
    private interface Act {
        void at(Plant plant) throws Exception;
    }

    /** A server, and the intake that polls it. */
    private final class Plant {
        /** Occurs in the name of no other. */
        final String name = "plant" + (100 + plants.size());

        final ScriptedFtp server = ScriptedFtp.plain();
        final String[] row;
        final FutureTask<?> watched;

        Plant(String keys, Act before, Act watch, String... row) throws Exception {
            this.row = row;
            this.watched = new FutureTask<>(() -> {
                watch.at(this);
                return true;
            });
            before.at(this);
            polled.polling(name, server.port(), "tls: false, " + keys);
            plants.add(this);
        }

        List<String> lines() {
            return log.lines().stream().filter(line -> line.contains(name)).toList();
        }

        /** Holds its name. */
        void save(String file) {
            server.files().put(name + file, name.getBytes(StandardCharsets.UTF_8));
        }

        void awaitMail(String file) {
            polled.awaitMail(name + file);
        }

        void awaitPolls(int count) {
            int looks = server.listings();
            await("polled some times").until(() -> server.listings() >= looks + count);
        }

        void awaitTold(String words) {
            await("told").until(() -> !lines().isEmpty());
            assertThat(lines().get(0)).contains("cannot be polled", words);
        }

        void awaitWell() {
            await("well").until(() -> !polled.ready().contains(name));
        }

        @Override
        public String toString() {
            return String.join(" ", row);
        }
    }
}
