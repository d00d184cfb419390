package org.mailchute.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailchute.intake.Shown;

/**
 * Which process of this machine has a file open for writing: on Linux, as {@code /proc} shows it (proc(5)). It shows the processes of
 * our own user, or all to root; not those of other users (Samba's, of whoever is connected), nor of other machines.
 */
final class OpenWriters {
    private static final Path PROCESSES = Path.of("/proc");
    private static final String IDENTITY = "unix:dev,ino";
    /** Octal; the last two bits are 1 or 2 for writing (open(2)). */
    private static final Pattern FLAGS = Pattern.compile("(?m)^flags:\\s*[0-7]*([0-7])$");

    private final Path file;
    private final Map<String, Object> identity;

    private OpenWriters(Path file) throws IOException {
        this.file = file;
        this.identity = Files.readAttributes(file, IDENTITY);
    }

    /** One of them, such as {@code process 4711 (scand)}; empty when there is none that could be seen. */
    static Optional<String> of(Path file) {
        if (!Files.isDirectory(PROCESSES.resolve("self/fdinfo"))) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            OpenWriters writers = new OpenWriters(file);
            for (Path process : processes) {
                if (writers.hasOpen(process)) {
                    return Optional.of("process " + process.getFileName() + name(process));
                }
            }
            return Optional.empty();
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty(); // it went while we looked
        }
    }

    private boolean hasOpen(Path process) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path handle : open) {
                if (isFile(handle) && writes(process, handle)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException | UncheckedIOException e) {
            return false; // it ended, or is another user's
        }
    }

    /** Its name is looked at first: to look at a file of a server that does not answer would take long. */
    private boolean isFile(Path handle) throws IOException {
        try {
            return Files.readSymbolicLink(handle).endsWith(file.getFileName())
                    && Files.readAttributes(handle, IDENTITY).equals(identity);
        } catch (java.nio.file.NoSuchFileException closed) {
            return false;
        }
    }

    private static boolean writes(Path process, Path handle) throws IOException {
        Matcher flags = FLAGS.matcher(Files.readString(process.resolve("fdinfo").resolve(handle.getFileName())));
        return flags.find() && (flags.group(1).charAt(0) & 3) != 0;
    }

    private static String name(Path process) {
        try {
            return " (" + Shown.line(Files.readString(process.resolve("comm")).strip()) + ")";
        } catch (IOException e) {
            return "";
        }
    }
}
