package org.mailchute.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A file system of its own at a folder, where this user may mount one: a tmpfs, or an ext4 that may fail. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Whether it could be mounted there. @param size as in the options of tmpfs */
    public static boolean mount(Path folder, String size) throws InterruptedException {
        return ran("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
    }

    /** Mounts one, or skips the test. */
    public static SmallDisk at(Path folder, String size) throws InterruptedException {
        assumeTrue(mount(folder, size), "this user may not mount a small disk (tmpfs)");
        return new SmallDisk(folder);
    }

    /** Not another disk, but a mount of its own, as a volume of a container is; or skips the test. */
    public static SmallDisk again(Path folder) throws InterruptedException {
        assumeTrue(
                ran("mount", "--bind", folder.toString(), folder.toString()), "this user may not mount a folder again");
        return new SmallDisk(folder);
    }

    /** One of 64 MB that a file holds, or skips the test. */
    public static SmallDisk failing(Path folder, Path file) throws IOException, InterruptedException {
        try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
            image.setLength(64 << 20);
        }
        assumeTrue(
                ran("mkfs.ext4", "-q", "-F", "-m", "0", file.toString())
                        && ran("mount", "-o", "loop", file.toString(), folder.toString()),
                "this user may not mount a file system that a file holds (ext4, loop)");
        return new SmallDisk(folder);
    }

    /** As after a bad block: read-only in the midst of everything, until it is let go, checked and mounted again. */
    public void fails() throws InterruptedException {
        remount("abort");
    }

    /** After {@link #fails}, when nobody uses it any more. */
    public void mend(Path file) throws InterruptedException {
        letGo(folder);
        ran("e2fsck", "-p", file.toString()); // not 0: it has mended something
        assertTrue(ran("mount", "-o", "loop", file.toString(), folder.toString()), "mounted again");
    }

    /** Of one whose files nobody writes to now. @param how {@code ro} or {@code rw} */
    public void remount(String how) throws InterruptedException {
        assertTrue(ran("mount", "-o", "remount," + how, folder.toString()), how);
    }

    /** Writes to {@code filler} until so many octets are free, or until nothing is when {@code rest} is 0. */
    public void fill(Path filler, long rest) throws IOException {
        fill(folder, filler, rest);
    }

    /** The same of any folder's disk. */
    public static void fill(Path folder, Path filler, long rest) throws IOException {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (Files.getFileStore(folder).getUsableSpace() > rest) {
                out.write(block);
            }
        } catch (IOException full) {
            if (rest > 0) {
                throw full;
            }
        }
    }

    /** Lets it go, with all on it. */
    @Override
    public void close() {
        letGo(folder);
    }

    /** As soon as nobody uses it. */
    public static void letGo(Path folder) {
        Awaitility.await("the small disk is let go").until(() -> ran("umount", folder.toString()));
    }

    private static boolean ran(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(Patience.MILLIS, TimeUnit.MILLISECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such command here
        }
    }
}
