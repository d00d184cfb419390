package org.mailchute.spool;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk of the home has room to write down what becomes of a message. The embedded broker takes nothing from 95 % on,
 * not even an outcome; a message that was sent by then would be sent again. So nothing is begun shortly before. Safe between
 * threads.
 */
public final class DiskRoom {
    private static final Logger LOG = LoggerFactory.getLogger(DiskRoom.class);
    /** Of the disk. What is under way has the two percent up to the broker's limit. */
    private static final double NEARLY_FULL = 0.93;

    private static final long LOOK_AGAIN_MILLIS = 1_000;

    private final Path home;
    private final DoubleSupplier used;
    private boolean told;
    private boolean over;

    /** @param used of the disk, 0 to 1 */
    DiskRoom(Path home, DoubleSupplier used) {
        this.home = home;
        this.used = used;
    }

    /** @throws IOException when the home cannot be asked for its disk */
    public static DiskRoom of(Path home) throws IOException {
        FileStore disk = Files.getFileStore(home);
        return new DiskRoom(home, () -> used(disk));
    }

    /** What cannot be asked, cannot be written to either. */
    private static double used(FileStore disk) {
        try {
            return 1 - (double) disk.getUsableSpace() / disk.getTotalSpace();
        } catch (IOException e) {
            return 1;
        }
    }

    /** Whether nothing more may be begun. */
    public boolean isFull() {
        return used.getAsDouble() >= NEARLY_FULL;
    }

    /** For people. */
    public String fault() {
        return String.format(
                Locale.ROOT,
                "the disk of %s is %.0f %% full: nothing is taken or sent until it is below %.0f %%; make room there",
                home,
                used.getAsDouble() * 100,
                NEARLY_FULL * 100);
    }

    /**
     * Waits until there is room.
     *
     * @throws IllegalStateException when the gateway ends before; nothing was begun
     */
    public synchronized void await() throws InterruptedException {
        while (isFull()) {
            if (over) {
                throw new IllegalStateException("the gateway ends, and its disk is full");
            }
            look();
            wait(LOOK_AGAIN_MILLIS);
        }
    }

    /** Tells when it becomes full and when there is room again, once each. Call every second or so. */
    public synchronized void look() {
        boolean full = isFull();
        if (full && !told) {
            LOG.error("{}", fault());
        } else if (told && !full) {
            LOG.info("the disk of {} has room again: mail goes on", home);
            notifyAll();
        }
        told = full;
    }

    /** Nobody waits any more: who does is told so at once. */
    public synchronized void end() {
        over = true;
        notifyAll();
    }
}
