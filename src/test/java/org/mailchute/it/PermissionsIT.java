package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;

/** The gateway as a user who may not do everything: shares that can only be read, files and places of others. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
class PermissionsIT {
    private static final String OPEN = "rwxr-xr-x";
    private static final String READ_ONLY = "r-xr-xr-x";
    private static final String CLOSED = "---------";

    @TempDir
    Path root;

    @SuppressWarnings("NullAway.Init") // set before each test
    private List<String> prefix;

    private final List<Path> restricted = new ArrayList<>();

    @BeforeEach
    void unprivileged() throws Exception {
        prefix = Unprivileged.prefix(root);
    }

    @AfterEach
    void openAgain() throws IOException {
        for (Path path : restricted) {
            if (Files.exists(path)) {
                Unprivileged.mode(path, OPEN);
            }
        }
    }

    private Path restrict(Path path, String permissions) throws IOException {
        restricted.add(path);
        Unprivileged.mode(path, permissions);
        return path;
    }

    private static String intake(String name, Path folder, String keys) {
        return "    - {name: %s, folder: \"%s\", poll: 100ms, stableFor: 100ms, reportAfter: 1s, from: scanner@contoso.example, to: [anna@contoso.example], subject: \"${file}\", text: \"t\"%s}\n"
                .formatted(name, folder, keys);
    }

    private static void save(Path folder, String name) throws IOException {
        Files.writeString(folder.resolve(name), "content of " + name);
    }

    @Test
    @DisplayName("P2, P7: what may not be taken stays, is told of once, delays nobody, and is sent once when it may be")
    void whatMayNotBeTakenStaysAndIsToldOfOnce() throws Exception {
        try (Workplace work = new Workplace(root, Scenario.standard())) {
            Path readOnly = work.folder("read-only");
            Path unreadable = work.folder("unreadable");
            Path closed = work.folder("closed");
            Path tree = work.folder("tree");
            Path pickup = work.folder("pickup");
            Path ofOthers = work.folder("of-others");
            save(readOnly, "share.bin");
            save(unreadable, "private.bin");
            save(closed, "unseen.bin");
            save(work.folder("tree/denied"), "deep.bin");
            save(work.folder("tree/open"), "beside.bin");
            letter(pickup, "letter");
            letter(ofOthers, "foreign");
            restrict(readOnly, READ_ONLY);
            restrict(unreadable.resolve("private.bin"), CLOSED);
            restrict(closed, CLOSED);
            restrict(tree.resolve("denied"), CLOSED);
            restrict(pickup, READ_ONLY);
            restrict(ofOthers.resolve("foreign.eml"), CLOSED);
            Path settings = work.settings(
                    work.folder("home"),
                    "  pickup:\n" + pickup("pickup", pickup) + pickup("of-others", ofOthers) + "  folders:\n"
                            + intake("read-only", readOnly, "")
                            + intake("unreadable", unreadable, "")
                            + intake("closed", closed, "")
                            + intake("tree", tree, ", subfolders: true"),
                    "");
            try (RunningJar gateway = start(settings)) {
                List<String> lines = List.of(
                        "intake read-only: \"" + readOnly.resolve("share.bin")
                                + "\" is not taken: it cannot be taken (the user "
                                + System.getProperty("user.name") + " cannot make, rename and delete files in "
                                + readOnly,
                        "intake unreadable: \"" + unreadable.resolve("private.bin")
                                + "\" is not taken: it cannot be read",
                        "intake closed cannot be polled",
                        "intake tree: \"" + tree.resolve("denied") + "\" is not taken",
                        "intake pickup: \"" + pickup.resolve("letter.eml") + "\" is not taken: it cannot be taken",
                        "intake of-others: \"" + ofOthers.resolve("foreign.eml") + "\" is not taken");
                Awaitility.await("all are told of")
                        .untilAsserted(() -> assertThat(gateway.output()).contains(lines));
                work.drop("other.bin", "others go on".getBytes(StandardCharsets.UTF_8));
                // some are tried again each second, and polled ten times in it
                Awaitility.await("nothing more is said")
                        .during(Duration.ofSeconds(3))
                        .untilAsserted(() -> {
                            assertThat(subjects(work)).containsOnlyKeys("other.bin", "beside.bin");
                            for (String line : lines) {
                                assertThat(gateway.output()).containsOnlyOnce(line);
                            }
                        });
                assertThat(gateway.output()).doesNotContain("\tat ");
                openAgain();
                Awaitility.await("all are sent, once each")
                        .untilAsserted(() -> assertThat(subjects(work)).hasSize(8));
                assertThat(gateway.terminate()).isEqualTo(143);
            }
            assertThat(subjects(work).values()).containsOnly(1);
        }
    }

    @Test
    void checkAndExplainTryWhatTheUserMayDoInEachFolder() throws Exception {
        try (Workplace work = new Workplace(root, Scenario.standard())) {
            Path scans = work.folder("read-only");
            save(scans, "share.bin");
            restrict(scans, READ_ONLY);
            Path archive = restrict(work.folder("archive"), READ_ONLY);
            Path settings = work.settings(
                    work.folder("home"),
                    "  folders:\n" + intake("desk", scans, ", done: archive, archive: \"" + archive + "\""),
                    "");
            try (RunningJar check = command("check", "--config", settings.toString())) {
                assertThat(check.exitCode()).as(check.output()).isZero();
                for (Path folder : List.of(scans, archive)) {
                    assertThat(check.output())
                            .contains("warning: the user " + System.getProperty("user.name")
                                    + " cannot make, rename and delete files in " + folder
                                    + " (AccessDeniedException); give it the right");
                }
            }
            String scan = scans.resolve("share.bin").toString();
            try (RunningJar explain = command("explain", "--config", settings.toString(), "--file", scan)) {
                assertThat(explain.exitCode()).as(explain.output()).isEqualTo(1);
                assertThat(explain.output()).contains("  whole   yes", "  taken   no: the user ");
            }
        }
    }

    private RunningJar command(String... arguments) throws IOException {
        return RunningJar.command(root, prefix, arguments);
    }

    private static String pickup(String name, Path folder) {
        return "    - {name: %s, folder: \"%s\", senders: [\"*@contoso.example\"], poll: 100ms, stableFor: 100ms}\n"
                .formatted(name, folder);
    }

    private static void letter(Path folder, String name) throws IOException {
        Files.writeString(
                folder.resolve(name + ".eml"),
                "From: app@contoso.example\r\nTo: anna@contoso.example\r\nSubject: " + name + "\r\n\r\ntext\r\n");
    }

    @Test
    @DisplayName(
            "P7: where archive, rejected and undecided places cannot be written, nothing is lost and the log says where it is")
    void whereAPlaceCannotBeWrittenTheFileRestsAtHomeAndTheLogSaysSo() throws Exception {
        try (Workplace work = new Workplace(root, Scenario.standard())) {
            Path archived = work.folder("archived");
            Path refused = work.folder("refused");
            Path halves = work.folder("halves");
            Path archive = restrict(work.folder("archive"), READ_ONLY);
            Path rejected = restrict(work.folder("rejected"), READ_ONLY);
            Path undecided = restrict(work.folder("undecided"), READ_ONLY);
            Path home = work.folder("home");
            Path settings = work.settings(
                    home,
                    "  folders:\n"
                            + intake("archived", archived, ", done: archive, archive: \"" + archive + "\"")
                            + intake("refused", refused, ", rejected: \"" + rejected + "\"")
                                    .replace("scanner@contoso", "intruder@elsewhere")
                            + intake("halves", halves, ", undecided: \"" + undecided + "\", undecidedAfter: 1s"),
                    "");
            save(archived, "sent.bin");
            save(refused, "bad.bin");
            Files.writeString(halves.resolve("half.pdf"), "%PDF-1.4 never ends");
            try (RunningJar gateway = start(settings)) {
                Awaitility.await("all three are told of")
                        .untilAsserted(() -> assertThat(gateway.output())
                                .contains("cannot be archived and rests at " + home.resolve("incoming/archived"))
                                .contains("so it rests at " + home.resolve("rejected/refused/bad.bin"))
                                .contains("so it rests at " + home.resolve("rejected/halves/half.pdf")));
                assertThat(gateway.terminate()).isEqualTo(143);
                assertThat(gateway.output()).doesNotContain("\tat ");
            }
            assertThat(subjects(work)).isEqualTo(Map.of("sent.bin", 1));
            assertThat(home.resolve("rejected/refused/bad.bin")).hasContent("content of bad.bin");
            assertThat(home.resolve("rejected/refused/bad.bin.reason.txt"))
                    .content()
                    .contains("intruder@elsewhere");
            assertThat(home.resolve("rejected/halves/half.pdf")).hasContent("%PDF-1.4 never ends");
            assertThat(aside(home)).hasContent("content of sent.bin");
        }
    }

    private static Path aside(Path home) throws IOException {
        try (Stream<Path> found = Files.list(home.resolve("incoming/archived"))) {
            return found.filter(file -> file.getFileName().toString().startsWith("unarchived-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aHomeThatCannotBeWrittenEndsTheStartWithOneLine() throws Exception {
        try (Workplace work = new Workplace(root, Scenario.standard())) {
            Path home = work.folder("home");
            Path settings = work.settings(home);
            Path messages = work.folder("home/messages");
            for (Path closed : List.of(home, messages)) {
                restrict(closed, READ_ONLY);
                try (RunningJar gateway = start(settings)) {
                    assertThat(gateway.exitCode()).isEqualTo(1);
                    assertThat(gateway.output().strip().lines())
                            .singleElement()
                            .asString()
                            .startsWith("mailchute: gateway.home: " + closed + " cannot be written by the user ")
                            .endsWith("or set another home");
                }
                openAgain();
            }
        }
    }

    @Test
    void aPortThatTheUserMayNotOpenEndsTheStartAsFaultySettingsDo() throws Exception {
        Path first = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
        assumeTrue(
                Files.exists(first)
                        // not readString: its second read finds such a file at its end
                        && Integer.parseInt(Files.readAllLines(first).get(0)) > 25,
                "everybody may open port 25 here");
        try (Workplace work = new Workplace(root, Scenario.standard());
                RunningJar gateway = start(work.settings(work.folder("home"), Workplace.listener(25), ""))) {
            assertThat(gateway.exitCode()).isEqualTo(2);
            assertThat(gateway.output().strip().lines())
                    .last()
                    .asString()
                    .startsWith("mailchute: SMTP intake devices cannot listen on 127.0.0.1:25 (")
                    .contains("this process has no right to open ports below 1024: give it CAP_NET_BIND_SERVICE");
        }
    }

    /** How often each subject came. */
    private static Map<String, Integer> subjects(Workplace work) throws IOException {
        Map<String, Integer> count = new TreeMap<>();
        for (Received mail : work.received()) {
            count.merge(Objects.requireNonNull(Workplace.field(mail.file(), "Subject")), 1, Integer::sum);
        }
        return count;
    }

    private RunningJar start(Path settings) throws IOException {
        return RunningJar.gateway(root, prefix, "256m", settings);
    }
}
