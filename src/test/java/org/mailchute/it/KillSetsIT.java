package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.Patience;

class KillSetsIT extends KillTrial {
    private static final int SCANS = 90;

    @Test
    @DisplayName(
            "P2, P3: kill -9 while pages and sidecars are claimed: each scan arrives with all its pages, at its own recipient")
    void killedWhileSetsAreClaimedItMixesNothingUp() throws Exception {
        try (Workplace work = new Workplace(root, Scenario.standard().withDelayMillis(15))) {
            Path folder = work.folder("sets");
            Path settings = work.sets(folder);
            ExecutorService copier = Executors.newSingleThreadExecutor();
            AtomicInteger released = new AtomicInteger();
            Future<?> saving = copier.submit(() -> saveAll(work, folder, released::get));
            Random chance = new Random(4711);
            for (int kill = 1; kill <= KILLS; kill++) {
                int more = work.received().size() + 1 + chance.nextInt(8);
                released.addAndGet(SCANS / (KILLS + 1));
                try (RunningJar gateway = start(settings)) {
                    Awaitility.await("some more mail")
                            .pollInterval(Duration.ofMillis(7))
                            .until(() -> work.received().size() >= more);
                    gateway.kill();
                }
            }
            try (RunningJar gateway = start(settings)) {
                released.set(SCANS);
                saving.get(Patience.MILLIS, TimeUnit.MILLISECONDS);
                Awaitility.await("all scans are mailed and nothing rests").untilAsserted(() -> {
                    assertThat(messageIds(work.received())).hasSize(SCANS);
                    assertThat(resting(work.folder("home"))).isEmpty();
                    assertThat(FilesIn.folder(folder)).isEmpty();
                });
                assertThat(gateway.terminate()).isEqualTo(143);
            }
            copier.shutdown();
            assertThat(work.received()).allSatisfy(KillSetsIT::isWholeAndAtItsOwnRecipient);
            assertThat(work.received().size()).isBetween(SCANS, SCANS + KILLS * SESSIONS);
            assertThat(messageIds(work.received()).values())
                    .as("a repeat has the same Message-ID")
                    .allSatisfy(ids -> assertThat(ids).hasSize(1));
        }
    }

    /** Three pages and the sidecar of each scan, which comes last. So many scans are released as yet. */
    private static void saveAll(Workplace work, Path folder, IntSupplier released) {
        try {
            for (int scan = 0; scan < SCANS; scan++) {
                int next = scan;
                Awaitility.await("its time for " + scan).until(() -> next < released.getAsInt());
                Map<String, String> files = new LinkedHashMap<>();
                for (int page : List.of(3, 1, 2)) {
                    files.put("scan%03d_p%d.bin".formatted(scan, page), page(scan, page));
                }
                files.put(
                        "scan%03d.json".formatted(scan),
                        "{\"to\": \"user%03d@contoso.example\", \"subject\": \"scan%03d\"}".formatted(scan, scan));
                for (Map.Entry<String, String> file : files.entrySet()) {
                    Path half = Files.writeString(folder.resolve(file.getKey() + ".tmp"), file.getValue());
                    Files.move(half, folder.resolve(file.getKey()), StandardCopyOption.ATOMIC_MOVE);
                }
                int saved = scan;
                Awaitility.await().until(() -> work.received().size() > saved - 20);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String page(int scan, int page) {
        return "page %d of scan%03d".formatted(page, scan);
    }

    private static void isWholeAndAtItsOwnRecipient(Received mail) throws IOException {
        String text = Files.readString(mail.file(), StandardCharsets.ISO_8859_1);
        int scan = Integer.parseInt(Workplace.field(mail.file(), "Subject").substring(4));
        List<String> pages = new ArrayList<>();
        for (int page = 1; page <= 3; page++) {
            pages.add(Base64.getEncoder().encodeToString(page(scan, page).getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(mail.recipients()).containsExactly("user%03d@contoso.example".formatted(scan));
        assertThat(text).containsSubsequence(pages);
        assertThat(text.split("Content-Disposition: attachment", -1)).hasSize(4);
    }
}
