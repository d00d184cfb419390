package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.ForHours;

/** Very many messages that lie in a pickup folder at once, in a heap of 64 MB. */
@Tag("nightly")
@ForHours
class FullPickupIT {
    private static final int MESSAGES = 50_000;

    @TempDir
    Path root;

    @Test
    @DisplayName("P8: 50,000 small .eml in a pickup folder pass a heap of 64 MB, each once")
    void fiftyThousandMessagesPassASmallHeap() throws Exception {
        Tally tally = new Tally(MESSAGES, Integer.MAX_VALUE);
        try (Workplace work = new Workplace(root, Scenario.standard())) {
            tally.counts(work.microsoft365());
            Path pickup = work.folder("pickup");
            for (int number = 0; number < MESSAGES; number++) {
                Files.writeString(pickup.resolve("mail-" + number + ".eml"), message(tally.subject()));
            }
            try (RunningJar gateway =
                    RunningJar.carrying(root, "64m", settings(work, pickup)).awaitUp()) {
                long peak = 0;
                for (int part = 1; part <= 10; part++) {
                    int count = part * MESSAGES / 10;
                    Awaitility.await("sent")
                            .forever()
                            .pollInterval(Duration.ofMillis(500))
                            .failFast(gateway::mustLive)
                            .until(() -> tally.arrived() >= count);
                    peak = ProcessFigures.of(gateway.pid()).peakKilobytes();
                    System.out.printf(
                            "pickup: %tT %d sent, %.1f MB alive, at most %d MB resident%n",
                            LocalTime.now(),
                            tally.arrived(),
                            ProcessFigures.liveHeap(gateway.pid()) / 1024,
                            peak / 1024);
                }
                assertThat(tally.notOnce()).as("arrived exactly once").isEmpty();
                assertThat(FilesIn.folder(pickup)).isEmpty();
                gateway.mustLive();
                assertThat(gateway.output()).doesNotContain("OutOfMemory", "cannot be polled");
            }
        }
    }

    private static Path settings(Workplace work, Path pickup) throws Exception {
        return work.settings(
                work.folder("home"),
                "  pickup: [{name: applications, folder: \"%s\", poll: 1s, senders: [\"*@contoso.example\"]}]\n"
                        .formatted(pickup),
                "");
    }

    private static String message(String subject) {
        return "From: app@contoso.example\r\nTo: anna@contoso.example\r\nSubject: %s\r\n\r\n%s\r\n"
                .formatted(subject, "Your invoice. ".repeat(50));
    }
}
