package org.mailchute.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.intake.Digested;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;
import org.mailchute.spool.Gathered;
import org.mailchute.spool.Incoming;
import org.mailchute.spool.Ledger;
import org.mailchute.spool.QueueId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that stay in their watched folder after they were taken. A ledger on disk knows them by name, size and times, so
 * that a look costs nothing, and by content, which decides when one of these has changed: the same content under the same name is
 * the same scan; under another name too, if the file of the old name is gone (it was renamed). Everything else is a new scan.
 *
 * <p>A claim is then a copy, and a note beside it, on disk before the copy has its name, says of which file; so that a crash
 * before the ledger's entry does not take the file a second time.
 */
public final class KeptFiles {
    /** Files of one folder. Beyond it, new ones are not taken: to forget an old one would send it again. */
    public static final int MOST = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(KeptFiles.class);

    private final Ledger ledger;
    private final Incoming incoming;
    /** Claimed and not enqueued yet: what the ledger will say. */
    private final Map<String, String> underWay = new ConcurrentHashMap<>();

    public KeptFiles(Ledger ledger, Incoming incoming) throws IOException {
        this.ledger = ledger;
        this.incoming = incoming;
        for (String note : incoming.keptFiles()) {
            Map<String, String> noted = entries(note);
            underWay.putAll(noted);
            if (noted.isEmpty()) {
                LOG.warn(
                        "{}: the note of a claim that copies a file cannot be read: that file may be mailed once more",
                        incoming.folder());
            }
        }
    }

    /** Whether this file, as it is now, was taken already. Reads none of its content. */
    public boolean knows(Path file) throws IOException {
        String known = Optional.ofNullable(underWay.get(file.toString()))
                .or(() -> ledger.get(file.toString()))
                .orElse("");
        return !known.isEmpty() && known.startsWith(traits(file) + "/");
    }

    /**
     * Claims a copy.
     *
     * @return empty when its first file was taken already, whatever its times say
     * @throws IOException when it cannot be read, or when too many are known
     */
    public synchronized Optional<Claimed> claim(Gathered gathered, QueueId id) throws IOException {
        Path file = gathered.first();
        String name = file.toString();
        String entry = entry(file);
        String content = entry.substring(entry.lastIndexOf('/') + 1);
        if (knows(file) || same(ledger.get(name).orElse(""), content) || renamed(content)) {
            ledger.put(name, entry);
            return Optional.empty();
        }
        makeRoom();
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(name, entry);
        for (Companion companion : gathered.companions()) {
            if (companion.role() == Companion.Role.PAGE) {
                entries.put(companion.file().toString(), entry(companion.file()));
            }
        }
        underWay.putAll(entries);
        try {
            return Optional.of(incoming.claimCopy(gathered, id, note(entries)));
        } catch (IOException e) {
            entries.keySet().forEach(underWay::remove);
            throw e;
        }
    }

    private static String entry(Path file) throws IOException {
        return traits(file) + "/" + content(file);
    }

    /** No file name holds a zero. */
    private static String note(Map<String, String> entries) {
        return entries.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining("\0"));
    }

    private static Map<String, String> entries(String note) {
        return Stream.of(note.split("\0"))
                .map(line -> line.split(" ", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0], (one, other) -> other));
    }

    private static boolean same(String entry, String content) {
        return entry.endsWith("/" + content);
    }

    /** Forgets the old name, if there is one. */
    private boolean renamed(String content) throws IOException {
        for (String old : ledger.keys(entry -> same(entry, content))) {
            if (Files.notExists(Path.of(old), LinkOption.NOFOLLOW_LINKS)) {
                ledger.remove(old);
                return true;
            }
        }
        return false;
    }

    private void makeRoom() throws IOException {
        if (ledger.full()) {
            for (String old : ledger.keys(entry -> true)) {
                if (Files.notExists(Path.of(old), LinkOption.NOFOLLOW_LINKS)) {
                    ledger.remove(old);
                }
            }
        }
        if (ledger.full()) {
            throw new IOException("more than " + MOST + " files stay in this folder: move old ones away");
        }
    }

    /** The broker has it, or it was refused: it is not taken again. */
    public void done(QueueId id) throws IOException {
        Optional<String> note = incoming.keptFile(id);
        for (Map.Entry<String, String> entry :
                note.map(KeptFiles::entries).orElse(Map.of()).entrySet()) {
            ledger.put(entry.getKey(), entry.getValue());
            underWay.remove(entry.getKey());
        }
    }

    /** Size and times. The time of the last change of anything (ctime) cannot be set by a copying tool; Windows has none. */
    private static String traits(Path file) throws IOException {
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        long changed = 0;
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            Object time = Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
            changed = time instanceof FileTime known ? known.to(TimeUnit.MICROSECONDS) : 0;
        }
        return is.size() + "/" + is.lastModifiedTime().to(TimeUnit.MICROSECONDS) + "/" + changed;
    }

    private static String content(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "none";
        }
        return Digested.sha256(file);
    }
}
