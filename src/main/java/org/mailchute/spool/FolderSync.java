package org.mailchute.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes new names in one folder durable. Callers side by side share one fsync: whoever comes while one runs waits for the
 * next, and that next one serves all who wait.
 */
final class FolderSync {
    private final Path folder;
    private final boolean supported = !System.getProperty("os.name").startsWith("Windows");
    private long begun;
    private long done;
    private boolean running;

    FolderSync(Path folder) {
        this.folder = folder;
    }

    /** Returns when every name that stood in the folder at the call is on disk. */
    void sync() throws IOException {
        if (!supported) {
            return; // Windows cannot open a folder; NTFS journals names by itself
        }
        long mine = takeTurn();
        if (mine == 0) {
            return;
        }
        boolean ok = false;
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
            ok = true;
        } finally {
            endTurn(mine, ok);
        }
    }

    /** The number of the sync this caller has to run, or 0 when another one that began later has served it. */
    private synchronized long takeTurn() throws IOException {
        long needed = begun + 1;
        while (running && done < needed) {
            await();
        }
        if (done >= needed) {
            return 0;
        }
        running = true;
        return ++begun;
    }

    private synchronized void endTurn(long turn, boolean ok) {
        running = false;
        if (ok) {
            done = turn;
        }
        notifyAll();
    }

    private void await() throws IOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while waiting for the disk", e);
        }
    }
}
