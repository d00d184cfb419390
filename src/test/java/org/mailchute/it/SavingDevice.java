package org.mailchute.it;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPReply;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.mailchute.testing.Patience;

/**
 * A device that saves by FTP as devices do: one scan after another, a piece at a time, and the same scan again from its
 * beginning until it hears 226.
 */
final class SavingDevice implements Runnable {
    static final String PASSWORD = "device-password";
    static final String HALF = "first half of ";
    static final String REST = "other half of ";
    private static final int PIECES = 20;
    private static final int MIDDLE = 5;
    private static final int PIECE = 2_000;

    private final String name;
    private final int port;
    private final int scans;
    private final boolean appends;
    private final IntPredicate mayBegin;
    private final Map<String, String> whole = new TreeMap<>();
    private final Map<String, Integer> acknowledged = new TreeMap<>();
    private final AtomicInteger broken = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean held;

    /**
     * @param appends saves the first half of a scan by STOR and the other by APPE
     * @param mayBegin whether it is time for the scan of this number
     */
    SavingDevice(String name, int port, int scans, boolean appends, IntPredicate mayBegin) {
        this.name = name;
        this.port = port;
        this.scans = scans;
        this.appends = appends;
        this.mayBegin = mayBegin;
    }

    /** Of what may be mailed: its digest, and what it is. */
    Map<String, String> whole() {
        return whole;
    }

    /** How many files it heard 226 for, by scan; a first half and what was appended to it are one. */
    Map<String, Integer> acknowledged() {
        return acknowledged;
    }

    /** How often an upload was under way and broke off. */
    int broken() {
        return broken.get();
    }

    /** In the middle of its next scan, or of what it appends next, it waits to be released. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    boolean held() {
        return held;
    }

    void release() {
        gate.countDown();
    }

    @Override
    public void run() {
        for (int number = 0; number < scans; number++) {
            int next = number;
            await("time for scan " + number).until(() -> mayBegin.test(next));
            String scan = "%s-%03d.bin".formatted(name, number);
            byte[] content = content(scan);
            whole.put(digest(content), scan);
            await("226 for " + scan).until(() -> appends ? appended(scan, content) : saved(scan, content));
        }
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50));
    }

    private boolean saved(String scan, byte[] content) {
        return tries(device -> {
            boolean safe = sends(device, device.storeFileStream(scan), content, true);
            if (safe) {
                acknowledged.merge(scan, 1, Integer::sum);
            }
            return safe;
        });
    }

    private boolean appended(String scan, byte[] content) {
        byte[] first = Arrays.copyOf(content, content.length / 2);
        byte[] second = Arrays.copyOfRange(content, first.length, content.length);
        whole.put(digest(first), HALF + scan); // safe by itself, should its 226 or the other half never come
        whole.put(digest(second), REST + scan); // a file of its own, should it come when the first has been taken
        return tries(device -> {
            if (!sends(device, device.storeFileStream(scan), first, false)) {
                return false;
            }
            acknowledged.merge(scan, 1, Integer::sum);
            return sends(device, device.appendFileStream(scan), second, true);
        });
    }

    private interface Dialogue {
        boolean ends(FTPClient device) throws IOException;
    }

    private boolean tries(Dialogue dialogue) {
        FTPClient device = new FTPClient();
        try {
            device.connect("127.0.0.1", port);
            device.setSoTimeout(Patience.MILLIS);
            device.setDataTimeout(Patience.LONGEST);
            device.login(name, PASSWORD);
            device.enterLocalPassiveMode();
            device.setFileType(FTP.BINARY_FILE_TYPE);
            return dialogue.ends(device);
        } catch (IOException e) {
            return false;
        } finally {
            gone(device);
        }
    }

    private static void gone(FTPClient device) {
        try {
            device.disconnect();
        } catch (IOException e) {
            // it was before
        }
    }

    private boolean sends(FTPClient device, @Nullable OutputStream data, byte[] content, boolean mayHold)
            throws IOException {
        if (data == null) {
            return false; // refused, or the gateway is down
        }
        boolean safe = false;
        try {
            for (int from = 0; from < content.length; from += PIECE) {
                if (mayHold && from == MIDDLE * PIECE) {
                    passGate();
                }
                data.write(content, from, Math.min(PIECE, content.length - from));
                data.flush();
            }
            data.close();
            device.completePendingCommand();
            safe = FTPReply.isPositiveCompletion(device.getReplyCode());
            return safe;
        } finally {
            broken.addAndGet(safe ? 0 : 1);
        }
    }

    private void passGate() {
        held = gate.getCount() > 0;
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            held = false;
        }
    }

    private static byte[] content(String scan) {
        byte[] content = new byte[PIECES * PIECE];
        new Random(scan.hashCode()).nextBytes(content);
        return content;
    }

    static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
