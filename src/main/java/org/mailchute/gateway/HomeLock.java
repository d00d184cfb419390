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
        FileChannel file = FileChannel.open(home.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(file, home);
            return new HomeLock(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw new IllegalStateException(
                    "gateway.home: " + home + " cannot be locked (" + why(e) + "): let each gateway"
                            + " have a home of its own, on a disk whose file system knows locks",
                    e);
        }
    }

    private static void lock(FileChannel file, Path home) throws IOException {
        FileLock now = file.tryLock();
        if (now == null) {
            LOG.warn(
                    "another Mailchute runs with the home {}: this one is its standby, waits, and takes over when it ends",
                    home);
            file.lock();
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
