package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.FreePort;
import org.mailchute.testing.Patience;

/** The gateway is the FTP drop, and is killed while devices save to it. */
class KillDropIT extends KillTrial {
    private static final int ROUNDS = 3;
    private static final int SCANS = 18;
    /** Two save a scan at a time, one saves two pages by STOR and APPE. */
    private static final List<String> DEVICES = List.of("copier", "plotter", "appender");

    /** Which whole scan or first page a mail holds, and with which Message-IDs it came. */
    private final Map<String, Set<String>> messageIds = new TreeMap<>();

    @Test
    @DisplayName(
            "P2, P3, P7: what a device was told 226 for survives kill -9, nothing half is mailed, and a crash costs a"
                    + " device one repeat at most")
    void killedWhileDevicesSaveByFtpItLosesNothingItAcknowledged() throws Exception {
        int port = FreePort.number();
        try (Workplace work = new Workplace(root, Scenario.standard().with("delayMillis", 15))) {
            Path settings = work.dropping(port, DEVICES);
            AtomicInteger released = new AtomicInteger();
            List<SavingDevice> devices = DEVICES.stream()
                    .map(name -> new SavingDevice(
                            name, port, SCANS, name.equals("appender"), number -> number < released.get()))
                    .toList();
            ExecutorService threads = Executors.newFixedThreadPool(DEVICES.size());
            List<Future<?>> saving = new ArrayList<>();
            devices.forEach(device -> saving.add(threads.submit(device)));
            for (SavingDevice device : devices) {
                device.hold();
                released.addAndGet(SCANS / ROUNDS);
                killed(work, settings, device::held);
                device.release();
            }
            try (RunningJar gateway = start(settings)) {
                for (Future<?> device : saving) {
                    device.get(Patience.MILLIS, TimeUnit.MILLISECONDS);
                }
                Awaitility.await("all that was acknowledged is mailed, and nothing rests")
                        .untilAsserted(() -> {
                            assertThat(FilesIn.folder(work.folder("home/drop"))).isEmpty();
                            assertThat(resting(work.folder("home"))).isEmpty();
                            assertThat(gateway.output()).doesNotContain("refused");
                        });
                assertThat(gateway.terminate()).isEqualTo(143);
            }
            threads.shutdown();
            whatArrivedIsWhole(work, devices);
            assertThat(devices.stream().mapToInt(SavingDevice::broken).sum())
                    .as("uploads that a kill broke off: else this shows nothing")
                    .isGreaterThanOrEqualTo(2);
            assertThat(FilesIn.folder(work.folder("home/rejected"))).isEmpty();
        }
    }

    /** It mails for a while, and is killed when a device is at this point. */
    private void killed(Workplace work, Path settings, BooleanSupplier point) throws Exception {
        int seen = work.received().size();
        try (RunningJar gateway = start(settings)) {
            Awaitility.await("some more mail, and a device in the middle of a scan")
                    .until(() -> work.received().size() >= seen + 10 && point.getAsBoolean());
            gateway.kill();
        }
    }

    private void whatArrivedIsWhole(Workplace work, List<SavingDevice> devices) throws Exception {
        Map<String, String> may = new TreeMap<>();
        devices.forEach(device -> may.putAll(device.whole()));
        for (Received mail : work.received()) {
            String what = may.get(SavingDevice.digest(attachment(mail)));
            assertThat(what).as("what is in %s is whole", mail.file()).isNotNull();
            messageIds.computeIfAbsent(what, scan -> new HashSet<>()).add(Workplace.field(mail.file(), "Message-ID"));
        }
        for (SavingDevice device : devices) {
            assertThat(device.acknowledged()).hasSize(SCANS).allSatisfy((scan, files) -> {
                int halves = mails(SavingDevice.HALF + scan);
                int rests = mails(SavingDevice.REST + scan);
                assertThat(mails(scan) + Math.min(halves, rests)).isPositive();
                assertThat(mails(scan) + halves).isGreaterThanOrEqualTo(files);
                assertThat(rests).isLessThanOrEqualTo(halves);
            });
        }
        long apart = messageIds.keySet().stream()
                .filter(what -> what.startsWith(SavingDevice.REST))
                .count();
        int scans = devices.size() * SCANS;
        assertThat(messageIds.values().stream().mapToInt(Set::size).sum())
                .as("a second mail for each upload that had its name and no 226 yet, at the most")
                .isBetween(scans, scans + (int) apart + ROUNDS * devices.size());
        assertThat(work.received().size()).isBetween(scans, scans + (int) apart + ROUNDS * (devices.size() + SESSIONS));
    }

    private int mails(String scan) {
        return messageIds.getOrDefault(scan, Set.of()).size();
    }

    private static byte[] attachment(Received mail) throws Exception {
        try (InputStream in = Files.newInputStream(mail.file())) {
            MimeMultipart parts = (MimeMultipart) new MimeMessage(null, in).getContent();
            BodyPart scan = parts.getBodyPart(1);
            return scan.getInputStream().readAllBytes();
        }
    }
}
