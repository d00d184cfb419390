package org.mailchute.request;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailchute.spool.NoteLines;
import org.mailchute.spool.QueueId;

/**
 * The lines of a book of request ids. They are in the file; in memory is only where in it the last line of an id begins, 20 to 40
 * octets for each (promise P8: a week's ids of a busy application would fill a small heap). For one thread.
 */
final class RequestLines {
    /** An octet is a character, so that places in the file are those in its text. */
    private static final Charset OCTETS = StandardCharsets.ISO_8859_1;

    private static final int LONGEST = 512;
    private static final int FEW = 1_000;

    private final Path file;
    private final int most;
    private RequestIndex index = new RequestIndex();
    /** Written anew when it has more lines. */
    private int enough;

    /**
     * One line.
     *
     * @param key SHA-256 of the id, hexadecimal
     */
    record Line(String key, RequestBook.Entry entry) {
        static Optional<Line> of(String text) {
            String[] words = text.split(" ", -1);
            if (words.length != 6 || !words[0].equals("E")) {
                return Optional.empty();
            }
            try {
                hash(words[1]);
                Instant time = Instant.ofEpochMilli(Long.parseLong(words[5]));
                QueueId id = new QueueId(words[4]);
                return Optional.of(new Line(words[1], new RequestBook.Entry(words[2], words[3], id, time, false)));
            } catch (RuntimeException e) {
                return Optional.empty(); // cut short by a crash, or not one of ours any more
            }
        }

        String text() {
            return "E %s %s %s %s %d\n"
                    .formatted(
                            key,
                            entry.content(),
                            entry.message(),
                            entry.queueId(),
                            entry.time().toEpochMilli());
        }
    }

    /** @param most entries that are kept; the oldest are forgotten */
    RequestLines(Path file, int most) throws IOException {
        this.file = file;
        this.most = most;
        Files.createDirectories(file.toAbsolutePath().getParent());
        rewrite(Instant.MIN);
    }

    static long hash(String key) {
        return Long.parseUnsignedLong(key.substring(0, 16), 16);
    }

    /** The last that was added for this id. */
    Optional<RequestBook.Entry> find(String key) throws IOException {
        seeWhatAnotherAdded();
        long place = index.place(key);
        if (place < 0) {
            return Optional.empty();
        }
        return Line.of(lineAt(place))
                .filter(line -> line.key().equals(key))
                .map(line -> line.entry().committed(index.committed(key)));
    }

    private String lineAt(long place) throws IOException {
        byte[] octets = new byte[LONGEST];
        try (RandomAccessFile lines = new RandomAccessFile(file.toFile(), "r")) {
            lines.seek(place);
            int length = Math.max(0, lines.read(octets));
            return new String(octets, 0, length, OCTETS).split("\n", 2)[0];
        }
    }

    /** @param oldest those that came before are forgotten when it must be tidied up */
    void add(Line line, Instant oldest) throws IOException {
        tidyUp(oldest);
        String text = line.text();
        append(text);
        index.put(line);
        index.passed(text.length());
    }

    /**
     * A gateway that had the lease before, stood still and does not know yet that it lost it may add a line: all places behind it are
     * others then, and an id that is not found is mailed twice.
     */
    private void seeWhatAnotherAdded() throws IOException {
        if (length() != index.end()) {
            index = read();
            if (length() != index.end()) {
                enough = 0; // the last line was cut short, so all is written anew before the next
            }
        }
    }

    private long length() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private void tidyUp(Instant oldest) throws IOException {
        if (index.lines() >= enough) {
            rewrite(oldest);
        }
    }

    void confirm(String queueId) throws IOException {
        tidyUp(Instant.MIN);
        if (index.confirm(queueId)) {
            String text = confirmed(queueId);
            append(text);
            index.passed(text.length());
        }
    }

    private static String confirmed(String queueId) {
        return "C " + queueId + "\n";
    }

    private void append(String text) throws IOException {
        try {
            Files.writeString(file, text, OCTETS, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            enough = 0; // half a line may be there now, so all is written anew before the next
            throw e;
        }
    }

    private RequestIndex read() throws IOException {
        RequestIndex found = new RequestIndex();
        if (Files.notExists(file)) {
            return found;
        }
        List<Integer> spoilt = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file, OCTETS)) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                if (!read(text, found)) {
                    spoilt.add(found.lines() + 1);
                }
                found.passed(text.length() + 1);
            }
        }
        spoilt.remove(Integer.valueOf(found.lines())); // a crash cuts the last one short
        new NoteLines(file).tell(spoilt, "a request whose id it told may be mailed twice when it is published again");
        return found;
    }

    private static boolean read(String text, RequestIndex found) {
        if (text.startsWith("C ")) {
            found.confirm(text.substring(2));
            return true;
        }
        Optional<Line> line = Line.of(text);
        line.ifPresent(found::put);
        return line.isPresent();
    }

    private void rewrite(Instant oldest) throws IOException {
        seeWhatAnotherAdded();
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        RequestIndex kept = new RequestIndex();
        if (Files.exists(file)) {
            try (BufferedReader in = Files.newBufferedReader(file, OCTETS);
                    Writer out = Files.newBufferedWriter(fresh, OCTETS)) {
                copy(in, out, kept, oldest);
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
        index = kept;
        enough = FEW + kept.lines() + kept.lines() / 4;
    }

    /** The last line of each id, of the newest ones. */
    private void copy(BufferedReader in, Writer out, RequestIndex kept, Instant oldest) throws IOException {
        int tooMany = index.size() - most;
        long place = 0;
        for (String text = in.readLine(); text != null; text = in.readLine()) {
            Optional<Line> line = Line.of(text);
            if (line.isPresent() && index.place(line.get().key()) == place && --tooMany < 0) {
                copy(line.get(), out, kept, oldest);
            }
            place += text.length() + 1;
        }
    }

    private void copy(Line line, Writer out, RequestIndex kept, Instant oldest) throws IOException {
        if (line.entry().time().isBefore(oldest)) {
            return;
        }
        kept.put(line);
        write(line.text(), out, kept);
        String queueId = line.entry().queueId().value();
        if (index.committed(line.key()) && kept.confirm(queueId)) {
            write(confirmed(queueId), out, kept);
        }
    }

    private static void write(String text, Writer out, RequestIndex kept) throws IOException {
        out.write(text);
        kept.passed(text.length());
    }
}
