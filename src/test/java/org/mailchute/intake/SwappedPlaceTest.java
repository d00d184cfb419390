package org.mailchute.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.request.RequestTexts;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.QueueId;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.MovableClock;
import org.mailchute.watch.Archive;

@DisplayName("P9: a place below a watched folder that was swapped for a link gets nothing written or deleted elsewhere")
class SwappedPlaceTest {
    @TempDir
    Path top;

    private final MovableClock clock = new MovableClock(RequestTexts.NOON);
    private Path watched;
    private Path outside;
    private Claimed claimed;

    @BeforeEach
    void open() throws IOException {
        watched = Files.createDirectories(top.resolve("watched"));
        outside = Files.createDirectories(top.resolve("outside"));
        Path claim =
                Files.writeString(Files.createDirectories(top.resolve("claims")).resolve("claim"), "scan");
        claimed = new Claimed(new QueueId("0000000000000001"), "desk", "authorized_keys", claim);
    }

    @Test
    void theRejectedAndTheUndecidedPlace() throws IOException {
        Path rejected = Files.createSymbolicLink(watched.resolve("rejected"), outside);
        RejectedPlace place = RejectedPlace.of(watched, rejected);

        assertThatThrownBy(() -> place.reject(claimed, new Refused("too large", "less"), RequestTexts.NOON))
                .hasMessageContaining("links are not followed");
        assertThat(FilesIn.folder(outside)).isEmpty();
        assertThat(claimed.file()).hasContent("scan");
    }

    @Test
    void aPlaceElsewhereMayBeALinkOfTheAdministrators() throws IOException {
        Path rejected = Files.createSymbolicLink(top.resolve("rejected"), outside);

        RejectedPlace.of(watched, rejected).reject(claimed, new Refused("too large", "less"), RequestTexts.NOON);

        assertThat(outside.resolve("authorized_keys")).hasContent("scan");
    }

    @Test
    void theArchiveAndItsDays() throws IOException {
        Path place = Files.createDirectories(watched.resolve("archive"));
        Archive archive = new Archive(watched, place, Duration.ofDays(1), 1, clock);
        Files.createSymbolicLink(place.resolve("2026-11-23"), outside);
        Files.createSymbolicLink(place.resolve("2020-01-01"), outside);
        Path theirs = Files.writeString(outside.resolve("0000000000000009-theirs"), "theirs");

        assertThatThrownBy(() -> archive.add(claimed)).hasMessageContaining("links are not followed");
        archive.sweep();

        assertThat(FilesIn.folder(outside)).containsExactly(theirs);
    }

    @Test
    void theArchiveAsAWhole() throws IOException {
        Path place = Files.createSymbolicLink(watched.resolve("archive"), outside);
        Archive archive = new Archive(watched, place, Duration.ofDays(1), 1, clock);

        assertThatThrownBy(() -> archive.add(claimed)).hasMessageContaining("links are not followed");
        assertThatThrownBy(archive::sweep).hasMessageContaining("links are not followed");
        assertThat(FilesIn.folder(outside)).isEmpty();
    }
}
