package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailchute.listener.Device;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.Patience;

class KillDeviceIT extends KillTrial {
    private static final int MESSAGES = 60;

    @Test
    @DisplayName("P2, P3: what a device was told 250 for survives kill -9, and what it sends again is mailed once")
    void killedWhileADeviceSendsItLosesNothingItAcknowledged() throws Exception {
        int port = Workplace.freePort();
        try (Workplace work = new Workplace(root, Scenario.standard().withDelayMillis(15))) {
            Path settings = work.listening(port);
            ExecutorService copier = Executors.newSingleThreadExecutor();
            AtomicInteger released = new AtomicInteger();
            Future<?> sending = copier.submit(() -> sendAll(port, released::get));
            for (int kill = 1; kill <= KILLS; kill++) {
                int seen = work.received().size();
                released.addAndGet(MESSAGES / KILLS);
                try (RunningJar gateway = start(settings)) {
                    Awaitility.await("some more mail")
                            .until(() -> work.received().size() >= seen + 5);
                    gateway.kill();
                }
            }
            try (RunningJar gateway = start(settings)) {
                sending.get(Patience.MILLIS, TimeUnit.MILLISECONDS);
                Awaitility.await("all that was acknowledged is mailed, and nothing rests")
                        .untilAsserted(() -> {
                            assertThat(messageIds(work.received())).hasSize(MESSAGES);
                            assertThat(resting(work.folder("home"))).isEmpty();
                        });
                assertThat(gateway.terminate()).isEqualTo(143);
            }
            copier.shutdown();
            assertThat(work.received().size()).isBetween(MESSAGES, MESSAGES + KILLS * SESSIONS);
            assertThat(messageIds(work.received()).values())
                    .allSatisfy(ids -> assertThat(ids).hasSize(1));
        }
    }

    /** As devices do: the same message again until it hears 250. So many of them are released as yet. */
    private static void sendAll(int port, IntSupplier released) {
        for (int number = 0; number < MESSAGES; number++) {
            int next = number;
            Awaitility.await("its time for " + number).until(() -> next < released.getAsInt());
            String message = "From: copier@contoso.example\r\nTo: anna@contoso.example\r\nMessage-ID: <%d@copier>\r\n"
                            .formatted(number)
                    + "Date: Mon, 23 Nov 2026 12:00:00 +0000\r\nSubject: page %03d\r\n\r\ncontent".formatted(number);
            Awaitility.await("250 for " + number).ignoreExceptions().until(() -> {
                try (Device device = Device.ready(port)) {
                    return device.sends(message).startsWith("250 ");
                }
            });
        }
    }
}
