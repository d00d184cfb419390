package org.mailchute.gateway;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Home is one gateway's at a time, wherever its broker is. The system gives the lock back when the process ends, however that is. */
public final class HomeLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HomeLock.class);
    private static final String FILE = "mailchute.lock";

    private final FileChannel file;

    private HomeLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes it; while another process has it, waits as its standby, for ever, and says so.
     *
     * @throws IllegalStateException when this process has it already, or the file system knows no locks
     */
    public static HomeLock take(Path home) throws IOException {
        return lock(home, false);
    }

    /**
     * Takes it together with the other gateways of a cluster, which decide elsewhere which of them works; waits while one that knows
     * nothing of a cluster has it.
     *
     * @throws IllegalStateException as {@link #take}
     */
    static HomeLock share(Path home) throws IOException {
        return lock(home, true);
    }

    private static HomeLock lock(Path home, boolean shared) throws IOException {
        FileChannel file = FileChannel.open(
                home.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(file, home, shared);
            return new HomeLock(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw new IllegalStateException(
                    "gateway.home: " + home + " cannot be locked (" + why(e) + "): let each gateway"
                            + " have a home of its own, on a disk whose file system knows locks",
                    e);
        }
    }

    private static void lock(FileChannel file, Path home, boolean shared) throws IOException {
        FileLock now = file.tryLock(0, Long.MAX_VALUE, shared);
        if (now == null) {
            LOG.warn(
                    "another Mailchute runs with the home {}: this one is its standby, waits, and takes over when it ends",
                    home);
            file.lock(0, Long.MAX_VALUE, shared);
            LOG.info("the other Mailchute has ended: this one takes over the home {}", home);
        }
    }

    private static String why(Exception e) {
        return e instanceof OverlappingFileLockException
                ? "this process has it already"
                : String.valueOf(e.getMessage());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
