package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.simulator.Received;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

@DisplayName("A ticket beside a scan says who gets it, and goes where the scan goes")
class SidecarJourneyTest {
    private static final String JSON = "stableFor: 0s, sidecar: {format: json, %s}";

    private static final String REQUIRED = JSON.formatted("required: true");

    /** With a folder for each test that needs nothing else. */
    @RegisterExtension
    static final Town town = new Town().forgetful();

    @RegisterExtension
    final Town alone = new Town();

    private Town here = town;
    private String name = "desk";

    @BeforeAll
    static void open() throws Exception {
        Path secret = Files.writeString(town.folder("secrets").resolve("device"), "device-password");
        town.withFolder("copied", REQUIRED + ", cc: [archive@contoso.example]")
                .withFolder(
                        "who",
                        JSON.formatted("wait: 100ms")
                                + ", who: {folders: true, pattern: '(?P<user>[a-z]+)_.*', address: '{user}@contoso.example'}")
                .withFolder("patient", JSON.formatted("wait: 1h"))
                .withFolder(
                        "alone",
                        JSON.formatted("required: true, wait: 300ms") + ", undecided: \"" + town.folder("undecided")
                                + "\"")
                .withFolder("unfit", REQUIRED)
                .withFolder("judged", REQUIRED)
                .withFolder("linked", REQUIRED)
                .withFolder("kept", REQUIRED + ", done: keep, reportAfter: 1s")
                .withFolder(
                        "pages", REQUIRED + ", pages: {pattern: '(?P<base>.+)_p(?P<page>[0-9]+)\\.bin', quiet: 200ms}")
                .withIntake("""
                  drop:
                    - name: copier
                      password: "${file:%s}"
                      from: scanner@contoso.example
                      subject: "${user}|${device}|${date}"
                      sidecar: {format: papercut, required: true}
                """.formatted(secret))
                .withSection("ftp-server: {port: 0, tls: none, passivePorts: \"0\", loginDelay: 0s}")
                .start();
    }

    private void at(String folder) {
        name = folder;
    }

    private Town alone() {
        here = alone;
        return here;
    }

    private Path desk() throws IOException {
        return here.folder(name);
    }

    private List<String> desk(String place) throws IOException {
        return FilesIn.folder(desk().resolve(place)).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    private static String header(Received mail, String name) {
        return Letters.text(mail).replaceAll("\r\n ", " ").replaceAll("(?s).*\\r\\n" + name + ": ([^\\r\\n]*).*", "$1");
    }

    @Test
    void theScanGoesWhereItsSidecarSaysAndBothAreGone() throws Exception {
        at("copied");

        town.scan(name, "scan.bin", "content");
        town.scan(name, "scan.json", """
                {"to": "quality@partner.example", "cc": ["ben@contoso.example"], "replyTo": "dora@contoso.example",
                 "subject": "Rechnung", "text": "Two pages.\\nThe rest follows.", "user": "dora"}""");

        town.awaitReceived(2);
        Received mail = town.received().stream()
                .filter(received -> received.recipients().contains("quality@partner.example"))
                .findFirst()
                .orElseThrow();
        assertThat(header(mail, "To")).isEqualTo("quality@partner.example");
        assertThat(header(mail, "Cc")).isEqualTo("archive@contoso.example, ben@contoso.example");
        assertThat(header(mail, "Reply-To")).isEqualTo("dora@contoso.example");
        assertThat(header(mail, "From")).contains("scanner@contoso.example");
        assertThat(header(mail, "Subject")).isEqualTo("Rechnung");
        assertThat(Letters.text(mail))
                .contains("Two pages.\r\nThe rest follows.")
                .doesNotContain("scan.json");
        town.awaitEmptySpool();
        assertThat(desk("")).isEmpty();
    }

    @Test
    void theSidecarComesBeforeTheSubfolderThatBeforeTheNameThatBeforeTheSettings() throws Exception {
        at("who");

        Files.createDirectories(desk().resolve("folder@contoso.example"));
        town.scan("who/folder@contoso.example", "name_1.json", "{\"to\": \"sidecar@contoso.example\"}");
        town.scan("who/folder@contoso.example", "name_1.bin", "1");
        town.scan("who/folder@contoso.example", "name_2.json", "{\"user\": \"scanned-by\"}");
        town.scan("who/folder@contoso.example", "name_2.bin", "2");
        town.scan("who/folder@contoso.example", "name_3.json", "{\"subject\": \"only a subject\"}");
        town.scan("who/folder@contoso.example", "name_3.bin", "3");
        town.scan(name, "name_4.bin", "4");
        town.scan(name, "5.bin", "5");

        assertThat(town.awaitReceived(5))
                .extracting(mail -> header(mail, "Subject") + " to " + header(mail, "To"))
                .containsExactlyInAnyOrder(
                        "Scan name_1.bin to sidecar@contoso.example",
                        "Scan name_2.bin to scanned-by@contoso.example",
                        "only a subject to folder@contoso.example",
                        "Scan name_4.bin to name@contoso.example",
                        "Scan 5.bin to anna@contoso.example");
    }

    @Test
    void aScanWaitsForItsSidecarAndOthersDoNotWaitForIt() throws Exception {
        at("patient");

        town.scan(name, "slow.bin", "content");
        town.scan(name, "quick.bin", "content");
        town.scan(name, "quick.bin.json", "{\"to\": \"ben@contoso.example\"}");
        assertThat(town.awaitReceived(1).get(0).recipients()).containsExactly("ben@contoso.example");
        town.scan(name, "SLOW.json", "{}");
        Files.move(desk().resolve("SLOW.json"), desk().resolve("slow.JSON"));

        assertThat(town.awaitReceived(2).get(1).recipients()).containsExactly("anna@contoso.example");
        town.awaitEmptySpool();
    }

    @Test
    void aRequiredSidecarThatNeverComesIsToldAndTheScanIsKept() throws Exception {
        Path undecided = town.folder("undecided");
        at("alone");

        town.scan(name, "scan.bin", "content");

        assertThat(town.awaitEvent(Kind.REFUSED).reason()).isEqualTo("no sidecar (.json) came with \"scan.bin\"");
        town.awaitEmptySpool();
        assertThat(undecided.resolve("scan.bin")).hasContent("content");
        assertThat(town.received()).isEmpty();
    }

    @Test
    void whatItsSidecarMakesUnfitRestsWithItInRejectedAndIsSentWhenBothArePutBack() throws Exception {
        at("unfit");

        town.scan(name, "scan.json", "{\"to\": \"anna\"}");
        town.scan(name, "scan.bin", "content");

        assertThat(town.awaitEvent(Kind.REFUSED).reason())
                .isEqualTo("sidecar \"scan.json\": key \"to\": to: \"anna\" is not a mail address");
        town.awaitEmptySpool();
        assertThat(desk("rejected")).containsExactlyInAnyOrder("scan.bin", "scan.bin.reason.txt", "scan.json");

        Files.writeString(desk().resolve("rejected/scan.json"), "{\"to\": \"ben@contoso.example\"}");
        Files.move(desk().resolve("rejected/scan.json"), desk().resolve("scan.json"));
        Files.move(desk().resolve("rejected/scan.bin"), desk().resolve("scan.bin"));

        assertThat(town.awaitReceived(1).get(0).recipients()).containsExactly("ben@contoso.example");
    }

    @Test
    void aSidecarThatHalfCameIsWaitedFor() throws Exception {
        MovableClock clock = new MovableClock(Instant.now());
        alone().withClock(clock)
                .withFolder("desk", "stableFor: 1s, sidecar: {format: json, wait: 0s}")
                .start();
        Path sidecar = Files.createFile(desk().resolve("scan.json"));
        here.scan("desk", "scan.bin", "content");

        for (String piece : List.of("{\"to\": ", "\"ben@con", "toso.example\"", "}")) {
            Files.writeString(sidecar, piece, StandardOpenOption.APPEND);
            looked();
            clock.move(Duration.ofMillis(900));
        }
        looked();
        clock.move(Duration.ofSeconds(1));

        assertThat(here.awaitReceived(1).get(0).recipients()).containsExactly("ben@contoso.example");
        assertThat(here.events(Kind.REFUSED)).allMatch(event -> event.reason().startsWith("\"link"));
    }

    /** The folder was looked at since: a link is refused at the first look, however short it has stood there. */
    private void looked() throws IOException {
        int before = here.events(Kind.REFUSED).size();
        Files.createSymbolicLink(
                desk().resolve("link" + before + ".bin"), here.root().resolve("mailchute.yaml"));
        await("a look").until(() -> here.events(Kind.REFUSED).size() > before);
    }

    @Test
    void aSidecarWithoutAScanIsToldAndThenTakenOutOfTheWay() throws Exception {
        Path undecided = alone.folder("undecided");
        MovableClock clock = new MovableClock(Instant.now());
        try (LogLines log = LogLines.of("org.mailchute.watch.WaitingFiles")) {
            alone().withClock(clock)
                    .withFolder(
                            "desk",
                            JSON.formatted("wait: 24h") + ", reportAfter: 1s, undecidedAfter: 3s, undecided: \""
                                    + undecided + "\"")
                    .start();
            here.scan("desk", "orphan.json", "{}");
            here.scan("desk", "waits.json", "");
            here.scan("desk", "waits.bin", "waits for the end of its sidecar");
            here.scan("desk", "looked-at.json", "{}");
            here.scan("desk", "looked-at.bin", "is mailed after the first look at all of them");
            here.awaitReceived(1);
            clock.move(Duration.ofSeconds(1));

            await().until(() -> log.lines().stream()
                    .anyMatch(line -> line.contains("orphan.json")
                            && line.contains("it is a sidecar, and no scan of its name came")));
            await().until(() -> log.lines().stream()
                    .anyMatch(line -> line.contains("waits.json")
                            && line.contains("it is an empty sidecar, whose scan waits for it")));
            await("taken out of the way").until(() -> {
                clock.move(Duration.ofSeconds(1));
                return here.events(Kind.REFUSED).size() == 2;
            });
            here.awaitEmptySpool();
            assertThat(here.events(Kind.REFUSED))
                    .extracting(DeliveryEvent::reason)
                    .containsExactlyInAnyOrder(
                            "\"orphan.json\" is a sidecar, and no scan of its name came",
                            "\"waits.json\" never became whole: it is empty");
            assertThat(undecided.resolve("orphan.json")).exists();
            assertThat(undecided.resolve("waits.json")).exists();
        }
        assertThat(desk("")).containsExactly("waits.bin");
    }

    @Test
    void theAcceptPolicyJudgesWhomASidecarNames() throws Exception {
        at("judged");

        town.scan(name, "scan.json", "{\"bcc\": \"x@elsewhere.example\"}");
        town.scan(name, "scan.bin", "content");

        assertThat(town.awaitEvent(Kind.REFUSED).reason()).contains("nobody may send to x@elsewhere.example");
        town.awaitEmptySpool();
        assertThat(desk("rejected")).contains("scan.bin", "scan.json");
    }

    @Test
    void aSidecarThatIsALinkIsNeverOpened() throws Exception {
        Path secret = Files.writeString(town.root().resolve("secret.json"), "{\"to\": \"ben@contoso.example\"}");
        at("linked");

        town.scan(name, "scan.bin", "content");
        Files.createSymbolicLink(desk().resolve("scan.json"), secret);

        assertThat(town.awaitEvent(Kind.REFUSED).reason())
                .isEqualTo("\"scan.json\" is not a plain file but a link or the like");
        assertThat(secret).exists();
        assertThat(town.received()).isEmpty();
    }

    @Test
    void aCrashBetweenTheScanAndItsSidecarSendsItToNobodyElse() throws Exception {
        alone().withFolder("desk", JSON.formatted("wait: 0s"));
        Path sidecar = Files.writeString(desk().resolve("scan.json"), "{\"to\": \"ben@contoso.example\"}");
        Path incoming = Files.createDirectories(here.home().resolve("incoming/desk"));
        Files.writeString(
                incoming.resolve("lay-0000000000000001"),
                "{\"subfolder\":\"\",\"companions\":[{\"role\":\"SIDECAR\",\"source\":\"%s\",\"size\":%d,\"modified\":%d}]}"
                        .formatted(
                                sidecar,
                                Files.size(sidecar),
                                Files.getLastModifiedTime(sidecar).to(TimeUnit.MICROSECONDS)));
        Files.writeString(incoming.resolve("0000000000000001~scan.bin"), "content");

        here.start();

        assertThat(here.awaitReceived(1).get(0).recipients()).containsExactly("ben@contoso.example");
        here.awaitEmptySpool();
        assertThat(desk("")).isEmpty();
    }

    @Test
    void theSidecarOfAScanThatStaysStaysToo() throws Exception {
        at("kept");
        town.scan(name, "scan.json", "{\"to\": \"ben@contoso.example\"}");
        town.scan(name, "scan.bin", "content");
        town.awaitReceived(1);
        town.awaitEmptySpool();

        town.stop();
        town.start();
        town.scan(name, "next.json", "{\"to\": \"dora@contoso.example\"}");
        town.scan(name, "next.bin", "content");

        town.awaitReceived(2);
        assertThat(town.received())
                .extracting(mail -> mail.recipients().get(0))
                .containsExactly("ben@contoso.example", "dora@contoso.example");
        assertThat(desk("")).hasSize(4);
    }

    @Test
    void thePagesOfAScanHaveOneSidecar() throws Exception {
        at("pages");

        town.scan(name, "scan_p2.bin", "two");
        town.scan(name, "scan_p1.bin", "one");
        town.scan(name, "scan.json", "{\"to\": \"ben@contoso.example\"}");

        Received mail = town.awaitReceived(1).get(0);
        assertThat(mail.recipients()).containsExactly("ben@contoso.example");
        assertThat(Letters.text(mail)).containsSubsequence("scan_p1.bin", "scan_p2.bin");
        town.awaitEmptySpool();
        assertThat(desk("")).isEmpty();
    }

    @Test
    void aDeviceThatSavesToTheDropBringsItsSidecarToo() throws Exception {
        Path drop = town.home().resolve("drop/copier");

        Files.writeString(drop.resolve("scan.pdf.tmp"), "%PDF-1.4\nstartxref\n0\n%%EOF\n");
        Files.move(drop.resolve("scan.pdf.tmp"), drop.resolve("scan.pdf"));
        Files.writeString(drop.resolve("scan.tmp"), """
                <scan><date>23.11.2026</date><deviceName>copier-2</deviceName>
                <user><name>ben</name><email>ben@contoso.example</email></user></scan>""");
        Files.move(drop.resolve("scan.tmp"), drop.resolve("scan.xml"));

        Received mail = town.awaitReceived(1).get(0);
        assertThat(mail.recipients()).containsExactly("ben@contoso.example");
        assertThat(header(mail, "Subject")).isEqualTo("ben|copier-2|23.11.2026");
    }

    @Test
    void explainTellsWhatTheSidecarSays() throws Exception {
        alone().withFolder(
                        "desk",
                        JSON.formatted("required: true")
                                + ", cc: [archive@contoso.example], pages: {pattern: '(?P<base>.+)_p(?P<page>[0-9]+)\\.bin'}");
        here.scan("desk", "scan_p2.bin", "two");
        here.scan("desk", "scan_p1.bin", "one");

        Town.Ran without =
                here.command("explain", "--file", desk().resolve("scan_p2.bin").toString());
        here.scan(
                "desk",
                "scan.json",
                "{\"to\": \"ben@contoso.example\", \"cc\": \"dora@contoso.example\", \"subject\": \"Two\"}");
        Town.Ran with =
                here.command("explain", "--file", desk().resolve("scan_p2.bin").toString());

        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.out()).contains("  sidecar none", "refused: no sidecar (.json) came with \"scan_p1.bin\"");
        assertThat(with.exitCode()).isZero();
        assertThat(with.out())
                .contains(
                        "  pages   scan_p1.bin, scan_p2.bin",
                        "  sidecar scan.json",
                        "  to      ben@contoso.example, from the sidecar",
                        "  cc      archive@contoso.example, from the intake's settings",
                        "  cc      dora@contoso.example, from the sidecar",
                        "  subject \"Two\", from the sidecar");
        assertThat(desk("")).hasSize(3);
    }
}
