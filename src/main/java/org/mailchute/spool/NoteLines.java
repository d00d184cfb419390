package org.mailchute.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of notes, a line each, that a crash may have cut short and a disk or a person spoilt: what is no such note is left out and told
 * of, so that a start never fails of it.
 *
 * @param path read as UTF-8; what is none becomes characters that no note has
 */
public record NoteLines(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(NoteLines.class);

    /**
     * Reads them, the last one only when it is whole; nothing where there is no file.
     *
     * @param note throws IllegalArgumentException for what is none
     * @param harm what may happen now, for people
     */
    public void read(Consumer<String> note, String harm) throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        List<Integer> spoilt = new ArrayList<>();
        String[] lines = text(path).split("\n", -1);
        for (int number = 1; number < lines.length; number++) {
            try {
                note.accept(lines[number - 1]);
            } catch (IllegalArgumentException e) {
                LOG.debug("line {} of {}", number, path, e);
                spoilt.add(number);
            }
        }
        tell(spoilt, harm);
    }

    /** All of it, as it is read here. */
    static String text(Path path) throws IOException {
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    }

    /** Tells of what whoever reads them by itself has left out, once for all. */
    public void tell(List<Integer> spoilt, String harm) {
        if (!spoilt.isEmpty()) {
            LOG.warn("{}: line {} cannot be read and is left out: {}", path, first(spoilt), harm);
        }
    }

    private static String first(List<Integer> spoilt) {
        String some = spoilt.stream().limit(10).map(String::valueOf).collect(Collectors.joining(", "));
        return spoilt.size() > 10 ? some + " and " + (spoilt.size() - 10) + " more" : some;
    }
}
