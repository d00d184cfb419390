package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.simulator.Received;
import org.mailchute.testing.FilesIn;
import org.mailchute.trace.DeliveryEvent.Kind;

@DisplayName("A scan that comes as a file a page is one message")
class SeveralFilesJourneyTest {
    private static final Pattern ATTACHED = Pattern.compile("filename=\"?([^\"\\r\\n;]+)\"?");
    private static final String PAGES =
            "stableFor: 0s, pages: {pattern: '(?P<base>.+)_p(?P<page>[0-9]+)\\.(jpg|bin)', quiet: 200ms}";

    @RegisterExtension
    final Town town = new Town().withoutConnector();

    private static List<String> attached(Received mail) {
        List<String> names = new ArrayList<>();
        Matcher name = ATTACHED.matcher(Letters.text(mail));
        while (name.find()) {
            names.add(name.group(1));
        }
        return names;
    }

    private void pages(String... names) throws IOException {
        for (String name : names) {
            town.scan("desk", name, "content of " + name);
        }
    }

    @Test
    void itsPagesAreAttachedInTheirOrderHoweverTheyCome() throws Exception {
        town.withFolder("desk", PAGES);

        pages("Scan 7_p10.bin", "Scan 7_p2.bin", "Other_p1.bin", "Scan 7_p1.bin", "single.bin");
        town.start(); // now, lest a slow machine takes longer than the quiet time

        town.awaitReceived(3);
        assertThat(town.received())
                .extracting(SeveralFilesJourneyTest::attached)
                .containsExactlyInAnyOrder(
                        List.of("Scan 7_p1.bin", "Scan 7_p2.bin", "Scan 7_p10.bin"),
                        List.of("Other_p1.bin"),
                        List.of("single.bin"));
        assertThat(town.received()).map(Letters::text).anyMatch(text -> text.contains("Subject: Scan Scan 7\r\n"));
        town.awaitEmptySpool();
        assertThat(FilesIn.folder(town.folder("desk"))).isEmpty();
    }

    @Test
    void aPageOfWhichTheEndIsMissingHoldsAllOfItsScan() throws Exception {
        town.withFolder("desk", PAGES);
        pages("Scan_p1.bin", "Other_p1.bin");
        Path second = town.folder("desk").resolve("Scan_p2.jpg");
        Files.write(second, new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2, 3});
        town.start();
        town.awaitReceived(1);
        Files.write(second, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9});

        assertThat(attached(town.awaitReceived(2).get(0))).containsExactly("Other_p1.bin");
        assertThat(attached(town.received().get(1))).containsExactly("Scan_p1.bin", "Scan_p2.jpg");
    }

    @Test
    void whereOnePageIsNoPlainFileTheWholeScanIsRefusedOnceAndRestsTogether() throws Exception {
        town.withFolder("desk", PAGES);
        Path secret = Files.writeString(town.root().resolve("secret"), "secret");
        pages("Scan_p1.bin", "Scan_p3.bin");
        Files.createSymbolicLink(town.folder("desk").resolve("Scan_p2.bin"), secret);
        town.start();

        assertThat(town.awaitEvent(Kind.REFUSED).reason())
                .isEqualTo("\"Scan_p2.bin\" is not a plain file but a link or the like");

        Path rejected = town.folder("desk").resolve("rejected");
        town.awaitEmptySpool();
        assertThat(FilesIn.folder(rejected))
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder("Scan_p1.bin", "Scan_p1.bin.reason.txt", "Scan_p2.bin", "Scan_p3.bin");
        assertThat(rejected.resolve("Scan_p1.bin.reason.txt"))
                .content()
                .contains("with     Scan_p2.bin", "with     Scan_p3.bin");
        assertThat(rejected.resolve("Scan_p2.bin")).isSymbolicLink();
        assertThat(town.received()).isEmpty();
        assertThat(town.events(Kind.REFUSED)).hasSize(1);
    }

    @Test
    void allItsPagesAreArchived() throws Exception {
        Path archive = town.folder("archive");
        town.withFolder("desk", PAGES + ", done: archive, archive: \"" + archive + "\"");
        pages("Scan_p1.bin", "Scan_p2.bin");

        town.start();

        town.awaitReceived(1);
        town.awaitEmptySpool();
        assertThat(FilesIn.folder(archive))
                .extracting(file -> file.getFileName().toString().substring(17))
                .containsExactlyInAnyOrder("Scan_p1.bin", "Scan_p2.bin");
    }

    @Test
    void pagesThatStayInTheirFolderAreSentOnceAndALatePageByItself() throws Exception {
        town.withFolder("desk", PAGES + ", done: keep");
        pages("Scan_p1.bin", "Scan_p2.bin");
        town.start();
        town.awaitReceived(1);
        town.awaitEmptySpool();

        town.stop();
        town.start();
        pages("Scan_p3.bin");

        assertThat(town.awaitReceived(2))
                .extracting(SeveralFilesJourneyTest::attached)
                .containsExactly(List.of("Scan_p1.bin", "Scan_p2.bin"), List.of("Scan_p3.bin"));
        assertThat(FilesIn.folder(town.folder("desk"))).hasSize(3);
    }

    private Path crashed(String id, String... following) throws IOException {
        Path incoming = Files.createDirectories(town.home().resolve("incoming/desk"));
        StringBuilder note = new StringBuilder("{\"subfolder\":\"\",\"companions\":[");
        for (String name : following) {
            Path page = Files.writeString(town.folder("desk").resolve(name), "content of " + name);
            note.append(note.toString().endsWith("[") ? "" : ",")
                    .append("{\"role\":\"PAGE\",\"source\":\"%s\",\"size\":%d,\"modified\":%d}"
                            .formatted(
                                    page,
                                    Files.size(page),
                                    Files.getLastModifiedTime(page).to(TimeUnit.MICROSECONDS)));
        }
        Files.writeString(incoming.resolve("lay-" + id), note + "]}");
        return incoming;
    }

    @Test
    void aCrashInTheMiddleOfAClaimIsFinishedAndNoPageBecomesAScanOfItsOwn() throws Exception {
        town.withFolder("desk", PAGES.replace("200ms", "0s"));
        Path incoming = crashed("0000000000000001", "Scan_p2.bin", "Scan_p3.bin");
        Files.writeString(incoming.resolve("0000000000000001~Scan_p1.bin"), "one");
        Files.move(town.folder("desk").resolve("Scan_p2.bin"), incoming.resolve("with-0000000000000001.1"));

        town.start();

        assertThat(attached(town.awaitReceived(1).get(0))).containsExactly("Scan_p1.bin", "Scan_p2.bin", "Scan_p3.bin");
        town.awaitEmptySpool();
        assertThat(town.received()).hasSize(1);
        assertThat(FilesIn.folder(town.folder("desk"))).isEmpty();
    }

    @Test
    void aCrashBeforeTheFirstPageWasTakenLeavesAllToTheNextPoll() throws Exception {
        town.withFolder("desk", PAGES);
        crashed("0000000000000001", "Scan_p2.bin");
        pages("Scan_p1.bin");

        town.start();

        assertThat(attached(town.awaitReceived(1).get(0))).containsExactly("Scan_p1.bin", "Scan_p2.bin");
        town.awaitEmptySpool();
    }

    @Test
    void aPageThatAnotherScanOverwroteAfterACrashIsNotSentWithTheOldOne() throws Exception {
        town.withFolder("desk", PAGES);
        Path incoming = crashed("0000000000000001", "Scan_p2.bin");
        Files.writeString(incoming.resolve("0000000000000001~Scan_p1.bin"), "one");
        Files.writeString(town.folder("desk").resolve("Scan_p2.bin"), "somebody else's page");

        town.start();

        assertThat(town.awaitEvent(Kind.REFUSED).reason())
                .isEqualTo("\"Scan_p2.bin\", part of this scan, went away or changed while it was being taken");
        assertThat(town.folder("desk").resolve("rejected/Scan_p1.bin")).hasContent("one");
        assertThat(attached(town.awaitReceived(1).get(0))).containsExactly("Scan_p2.bin");
        town.awaitEmptySpool();
    }

    @Test
    void companionsWhoseClaimHasEndedAreRemovedAtTheNextStart() throws Exception {
        town.withFolder("desk", PAGES);
        Path incoming = crashed("0000000000000001");
        Files.writeString(incoming.resolve("with-0000000000000001.1"), "sent already");

        town.start();

        await().until(() -> FilesIn.folder(incoming).isEmpty());
        assertThat(town.received()).isEmpty();
    }
}
