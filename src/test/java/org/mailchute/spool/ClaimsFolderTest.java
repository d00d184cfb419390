package org.mailchute.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several gateways have one home, one after the other; any of them may stand still in the middle of a claim, and wake. */
class ClaimsFolderTest {
    @TempDir
    Path home;

    private Path scans;
    private Gathered scan;
    private final QueueId id = QueueId.next(Clock.systemUTC());

    @BeforeEach
    void aScanOfTwoPagesWithItsSidecar() throws IOException {
        scans = Files.createDirectory(home.resolve("scans"));
        Path first = Files.writeString(scans.resolve("scan_p1.tif"), "one");
        scan = new Gathered(
                first,
                "anna",
                List.of(
                        Companion.at(Companion.Role.PAGE, Files.writeString(scans.resolve("scan_p2.tif"), "two")),
                        Companion.at(Companion.Role.SIDECAR, Files.writeString(scans.resolve("scan.json"), "who"))));
    }

    private Incoming at(long lead) throws IOException {
        return Incoming.open(ClaimsFolder.take(home, lead), "scans", scans);
    }

    private void isWhollyThere(Claimed claimed) {
        assertThat(claimed.queueId()).isEqualTo(id);
        assertThat(claimed.subfolder()).isEqualTo("anna");
        assertThat(claimed.file()).hasContent("one");
        assertThat(claimed.companions())
                .extracting(Companion::file)
                .satisfiesExactly(
                        page -> assertThat(page).hasContent("two"),
                        sidecar -> assertThat(sidecar).hasContent("who"));
        assertThat(scans).isEmptyDirectory();
    }

    @Test
    void aFormerGatewayClaimsNothing() throws IOException {
        Incoming former = at(7);
        Incoming successor = at(8);

        assertThatThrownBy(() -> former.claim(scan, id)).isInstanceOf(NoSuchFileException.class);

        assertThat(successor.leftBehind()).isEmpty();
        Claimed claimed = successor.claim(scan, id);
        successor.gather(claimed);
        isWhollyThere(claimed);
    }

    /** Its note had been written; its successor has cleared that away, as that of a claim that did not come about. */
    @Test
    void aFormerGatewayEndsNoClaimThatItHadBegun() throws IOException {
        Path folder = Files.createDirectories(ClaimsFolder.take(home, 7).resolve("scans"));
        Takeaway former = new Takeaway(folder, scans, new FolderSync(folder));
        new ClaimNotes(folder, new FolderSync(folder)).write(id, scan);
        Incoming successor = at(8);

        assertThatThrownBy(() -> former.move(id.value(), scan.first(), folder.resolve(id + "~scan_p1.tif")))
                .isInstanceOf(NoSuchFileException.class);

        assertThat(scan.first()).exists();
        assertThat(successor.folder()).isEmptyDirectory();
    }

    @Test
    void whatAFormerGatewayClaimedItsSuccessorEnds() throws IOException {
        Incoming former = at(7);
        Claimed begun = former.claim(scan, id);
        Incoming successor = at(8);
        former.gather(begun);
        assertThat(scan.companions()).extracting(Companion::file).allMatch(Files::exists);

        Claimed claimed = successor.leftBehind().get(0);
        successor.gather(claimed);

        isWhollyThere(claimed);
        assertThat(ClaimName.all(home)).containsExactly(id);
    }

    @Test
    void aClaimOutlivesThatAClusterComesAndGoes() throws IOException {
        at(0).claim(scan, id);
        at(7);
        Incoming alone = at(0);

        Claimed claimed = alone.leftBehind().get(0);
        alone.gather(claimed);

        isWhollyThere(claimed);
        assertThat(home.resolve("incoming/scans")).isEqualTo(alone.folder());
    }

    /** One that was given up long ago has left something since. */
    @Test
    void theClaimsOfAllFormerGatewaysAreTakenOver() throws IOException {
        at(10).claim(scan, id);
        QueueId stray = QueueId.next(Clock.systemUTC());
        Files.writeString(
                Files.createDirectories(home.resolve("incoming/lease.9/scans")).resolve(stray + "~x"), "x");

        assertThat(at(11).leftBehind()).extracting(Claimed::queueId).containsExactlyInAnyOrder(id, stray);
        assertThat(home.resolve("incoming")).isDirectoryNotContaining("glob:**lease.{9,10}");
    }
}
