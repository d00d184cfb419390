package org.mailchute.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.intake.IntakeRule;
import org.mailchute.intake.Who;
import org.mailchute.sidecar.Sidecar;
import org.mailchute.spool.Companion;
import org.mailchute.spool.Gathered;
import org.mailchute.spool.Incoming;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.testing.MovableClock;

class GatheringTest {
    private static final Duration STABLE = Duration.ofSeconds(5);
    private static final Duration WAIT_FOR = Duration.ofMinutes(1);

    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock();
    private Path folder;
    private Incoming incoming;
    private Gathering gathering;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectories(home.resolve("scans"));
        incoming = Incoming.open(home.resolve("incoming"), "scans");
        Sidecar sidecar = new Sidecar(
                Sidecar.Format.JSON,
                Map.of(),
                new Sidecar.Way("json", StandardCharsets.ISO_8859_1, 10_000, false, WAIT_FOR));
        gathering = new Gathering(incoming, rule(sidecar), Stabilities.all(home.resolve("seen"), STABLE, clock), clock);
    }

    private static IntakeRule rule(Sidecar sidecar) {
        MailAddress scanner = MailAddress.parse("scanner@contoso.example");
        return new IntakeRule(
                "scans",
                scanner,
                "",
                new ReversePath(Optional.of(scanner)),
                List.of(MailAddress.parse("everybody@contoso.example")),
                List.of(),
                List.of(),
                Optional.empty(),
                "Scan",
                "",
                Priority.NORMAL,
                Who.FIXED,
                Optional.empty(),
                Optional.of(sidecar));
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    /** A poll, which sees the sidecar too; whether the scan, which is whole, is handed on. */
    private boolean poll(Path scan) throws IOException {
        if (Files.exists(folder.resolve("scan.json"))) {
            look(folder.resolve("scan.json"));
        }
        Duration unchanged = look(scan);
        return gathering.ready(scan, unchanged, unchanged.compareTo(STABLE) >= 0);
    }

    private Duration look(Path file) throws IOException {
        return gathering.look(file, Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    private boolean handedOn(Path scan) throws IOException {
        poll(scan);
        clock.move(STABLE);
        return poll(scan);
    }

    private static List<Path> sidecars(Gathered gathered) {
        return gathered.companions().stream()
                .filter(companion -> companion.role() == Companion.Role.SIDECAR)
                .map(Companion::file)
                .toList();
    }

    @Test
    void aSidecarThatIsWrittenAnewBetweenHandingOnAndClaimIsWaitedForAndNotLeftOut() throws IOException {
        Path scan = file("scan.pdf", "scan");
        Path sidecar = file("scan.json", "{}");
        assertThat(handedOn(scan)).isTrue();

        Files.writeString(sidecar, "{\"to\": \"anna@contoso.example\"");

        assertThat(gathering.with(scan, "")).as("it would go to everybody").isEmpty();
        clock.move(STABLE);
        assertThat(gathering.with(scan, ""))
                .hasValueSatisfying(taken -> assertThat(sidecars(taken)).containsExactly(sidecar));
    }

    @Test
    void aSidecarThatComesInTheLastMomentIsWaitedFor() throws IOException {
        Path scan = file("scan.pdf", "scan");
        poll(scan);
        clock.move(WAIT_FOR);
        assertThat(poll(scan)).as("it did not come").isTrue();

        file("scan.json", "{}");

        assertThat(gathering.with(scan, "")).isEmpty();
        assertThat(poll(scan)).isFalse();
        clock.move(STABLE);
        assertThat(poll(scan)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "doc3.pdf, DOC3.json",
        "Scan_01.PDF, sCAN_01.JSON",
        "\u00fcber.pdf, u\u0308ber.json",
        "doc3.pdf, Doc3.PDF.json"
    })
    void aSidecarCalledAlikeIsTheScansWhereItIsNoOthers(String name, String ticket) throws IOException {
        Path scan = file(name, "scan");
        Path sidecar = file(ticket, "{}");
        look(sidecar);
        clock.move(STABLE);
        assertThat(gathering.hasScan(sidecar)).isTrue();
        assertThat(sidecars(gathering.with(scan, "").orElseThrow())).containsExactly(sidecar);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOC3.pdf", "DOC3.tif", "Doc3.pdf", "dOC3.json"})
    void whereTwoAreCalledAlikeItIsNobodys(String other) throws IOException {
        Path scan = file("doc3.pdf", "scan");
        Path sidecar = file("DOC3.json", "{}");
        look(sidecar);
        clock.move(STABLE);
        assertThat(sidecars(gathering.with(scan, "").orElseThrow())).containsExactly(sidecar);
        file(other, "comes a moment later");
        assertThat(sidecars(gathering.with(scan, "").orElseThrow())).isEmpty();
    }

    @Test
    void theSidecarThatAClaimTakesIsNoOtherScans() throws IOException {
        Path pdf = file("scan.pdf", "scan");
        Path tif = file("scan.tif", "another");
        file("scan.json", "{}");
        assertThat(handedOn(pdf)).isTrue();
        assertThat(poll(tif)).isFalse();
        incoming.claim(gathering.with(pdf, "").orElseThrow(), QueueId.next(clock));

        assertThat(gathering.with(tif, ""))
                .hasValueSatisfying(taken -> assertThat(sidecars(taken)).isEmpty());
        assertThat(handedOn(tif)).as("it waits for one of its own").isFalse();
    }

    @Test
    void aFileThatAClaimTakesIsNotTakenOnceMore() throws IOException {
        Path scan = file("scan.pdf", "scan");
        Path page = file("scan-2.pdf", "page");
        incoming.claim(new Gathered(scan, "", List.of(Companion.at(Companion.Role.PAGE, page))), QueueId.next(clock));

        assertThat(gathering.with(page, "")).isEmpty();
    }
}
