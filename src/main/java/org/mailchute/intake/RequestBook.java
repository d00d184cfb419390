package org.mailchute.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailchute.spool.NoteLines;
import org.mailchute.spool.QueueId;

/**
 * The request ids of one intake, with what was received under them, so that a request that is published twice is mailed
 * once. The broker's transaction is the truth: an entry counts once the event {@code received} has told that it was
 * committed, or while its message rests in the spool. Kept in a file of one line an entry, across restarts.
 *
 * <pre>
 * E id-hash content-hash message-hash queue-id milliseconds     a request came
 * C queue-id                                                    it was committed
 * </pre>
 */
public final class RequestBook {
    private static final int MOST = 100_000;

    private final Path file;
    private final Duration remembered;
    private final Clock clock;
    private final Map<String, Entry> byId = new LinkedHashMap<>();
    private final Map<String, String> idOf = new HashMap<>();
    private final Map<QueueId, String> underWay = new HashMap<>();
    private int lines;

    /**
     * One request.
     *
     * @param content hash of all that was published
     * @param message hash of the broker's name for the message, to know it again when it is delivered again; empty when it
     *     has none
     * @param time when it came
     */
    public record Entry(String content, String message, QueueId queueId, Instant time, boolean committed) {}

    /** @param remembered how long an id is known */
    public RequestBook(Path file, Duration remembered, Clock clock) throws IOException {
        this.file = file;
        this.remembered = remembered;
        this.clock = clock;
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.exists(file)) {
            new NoteLines(file)
                    .read(
                            line -> read(line.split(" ", -1)),
                            "a request whose id it told may be mailed twice when it is published again");
            rewrite();
        }
    }

    /**
     * Notes a request, unless its id is known already.
     *
     * @param id the application's
     * @param content hash of all that was published
     * @param message the broker's name for the message; empty when it has none
     * @param rests whether the message of this queue id is in the spool
     * @return what came under this id before; empty when this is the first
     */
    public synchronized Optional<Entry> enter(
            String id, String content, String message, QueueId queueId, Predicate<QueueId> rests) throws IOException {
        String key = Digested.sha256(id);
        awaitFree(key);
        forgetOld();
        String name = message.isEmpty() ? "-" : Digested.sha256(message);
        Entry before = byId.get(key);
        if (before != null && counts(before, name, rests)) {
            return Optional.of(before);
        }
        Entry entry = new Entry(content, name, queueId, clock.instant(), false);
        put(key, entry);
        underWay.put(queueId, key);
        append(line(key, entry));
        return Optional.empty();
    }

    /** Whoever entered it works on it no longer: it is in the spool, or will come again. */
    public synchronized void left(QueueId queueId) {
        underWay.remove(queueId);
        notifyAll();
    }

    /** Two of one id that come side by side go one after the other. */
    private void awaitFree(String key) throws IOException {
        try {
            while (underWay.containsValue(key)) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while another request of this id is read", e);
        }
    }

    /** An earlier delivery of the same message was not committed, else it would not have come again. */
    private static boolean counts(Entry before, String name, Predicate<QueueId> rests) {
        return before.committed()
                || (!name.equals("-") && !name.equals(before.message()) && rests.test(before.queueId()));
    }

    /** The broker has it for good. */
    public synchronized void committed(String queueId) {
        try {
            if (confirm(queueId)) {
                append("C " + queueId);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean confirm(String queueId) {
        String key = idOf.get(queueId);
        return key != null
                && byId.computeIfPresent(
                                key,
                                (same, entry) -> entry.queueId().value().equals(queueId)
                                        ? new Entry(
                                                entry.content(), entry.message(), entry.queueId(), entry.time(), true)
                                        : entry)
                        != null;
    }

    private void put(String key, Entry entry) {
        Entry before = byId.remove(key); // the newest stands last
        if (before != null) {
            idOf.remove(before.queueId().value());
        }
        byId.put(key, entry);
        idOf.put(entry.queueId().value(), key);
    }

    private void forgetOld() throws IOException {
        Instant oldest = clock.instant().minus(remembered);
        var entries = byId.values().iterator();
        while (entries.hasNext()) {
            Entry entry = entries.next();
            if (byId.size() <= MOST && !entry.time().isBefore(oldest)) {
                break;
            }
            entries.remove();
            idOf.remove(entry.queueId().value());
        }
        if (lines > 1_000 + 4 * byId.size()) {
            rewrite();
        }
    }

    private void read(String... words) {
        if (words.length == 6 && words[0].equals("E")) {
            Instant time = Instant.ofEpochMilli(Long.parseLong(words[5]));
            put(words[1], new Entry(words[2], words[3], new QueueId(words[4]), time, false));
        } else if (words.length == 2 && words[0].equals("C")) {
            confirm(words[1]);
        } else {
            throw new IllegalArgumentException("no line of this book");
        }
    }

    private void rewrite() throws IOException {
        List<String> all = new ArrayList<>();
        byId.forEach((key, entry) -> {
            all.add(line(key, entry));
            if (entry.committed()) {
                all.add("C " + entry.queueId());
            }
        });
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, all, StandardCharsets.US_ASCII);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        lines = all.size();
    }

    private static String line(String key, Entry entry) {
        return "E %s %s %s %s %d"
                .formatted(
                        key,
                        entry.content(),
                        entry.message(),
                        entry.queueId(),
                        entry.time().toEpochMilli());
    }

    private void append(String line) throws IOException {
        Files.writeString(
                file, line + "\n", StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        lines++;
    }
}
