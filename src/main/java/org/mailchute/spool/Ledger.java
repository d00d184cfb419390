package org.mailchute.spool;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A bounded memory on disk: keys with a value each, a line of JSON for every change, written anew when half of the lines are
 * old. Beyond its bound it forgets what was asked for least lately. A line cut short by a crash counts as never written.
 */
public final class Ledger implements AutoCloseable {
    private final Path path;
    private final int most;
    private final boolean durable;
    private final Map<String, String> entries = new LinkedHashMap<>(16, 0.75f, true);
    private FileChannel log;
    private int lines;

    private Ledger(Path path, int most, boolean durable) throws IOException {
        this.path = path;
        this.most = most;
        this.durable = durable;
        new NoteLines(path).read(this::replay, "a file that it told of may be mailed twice");
        this.log = rewritten();
    }

    /**
     * Opens it, made where missing.
     *
     * @param most entries
     * @param durable whether an entry is on disk (fsync) when {@link #put} returns; if not, the loss of power may lose some
     */
    public static Ledger open(Path folder, String name, int most, boolean durable) throws IOException {
        return new Ledger(OwnFolder.made(folder).resolve(name), most, durable);
    }

    private void replay(String line) {
        String[] change = SpoolJson.read(line, String[].class);
        if (change == null || change.length != 2 || change[0] == null || change[1] == null) {
            throw new IllegalArgumentException("no entry");
        }
        apply(change[0], change[1]);
    }

    private void apply(String key, String value) {
        if (value.isEmpty()) {
            entries.remove(key);
        } else {
            entries.put(key, value);
        }
        if (entries.size() > most) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    public synchronized Optional<String> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    public synchronized void put(String key, String value) throws IOException {
        apply(key, value);
        write(key, value);
    }

    public synchronized void remove(String key) throws IOException {
        put(key, "");
    }

    /** Whether it would forget an entry for one more. */
    public synchronized boolean full() {
        return entries.size() >= most;
    }

    /** How many entries there are. */
    public synchronized int size() {
        return entries.size();
    }

    /** The keys whose value is such a one. */
    public synchronized List<String> keys(Predicate<String> value) {
        return entries.entrySet().stream()
                .filter(entry -> value.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void write(String key, String value) throws IOException {
        if (++lines > 2 * entries.size() + 100) {
            log.close();
            log = rewritten();
            return;
        }
        Channels.newOutputStream(log).write(line(key, value).getBytes(StandardCharsets.UTF_8));
        if (durable) {
            log.force(false);
        }
    }

    private static String line(String key, String value) {
        return SpoolJson.write(List.of(key, value)) + "\n";
    }

    private FileChannel rewritten() throws IOException {
        String all = entries.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
        new WholeFile(path).replace(all.getBytes(StandardCharsets.UTF_8));
        lines = entries.size();
        return FileChannel.open(path, WRITE, APPEND);
    }

    @Override
    public synchronized void close() throws IOException {
        log.close();
    }
}
