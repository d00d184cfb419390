package org.mailchute.limits;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mailchute.spool.WholeFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file, in the lines of {@link BudgetPast}; one process a file. A line counts once its line feed is there.
 *
 * <p>It is not forced to the disk each time. Where lines may be missing, since the machine itself went down, a minute counts
 * as full; of a day the last seconds may be lost, and Microsoft then refuses a few recipients for a while.
 */
final class BudgetFile implements BudgetJournal {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetFile.class);
    private static final int MANY_LINES = 20_000;
    /** No longer time is so short that waiting it out costs less than a doubt. */
    private static final Duration SHORT = Duration.ofMinutes(2);

    private static final String FULL = "its time counts as full once";
    private static final String TOO_FEW =
            "fewer are counted than were sent, and Microsoft may refuse some recipients until that time has passed";

    private final Path path;
    private final boolean shortTime;
    private final Clock clock;
    private final Uptime uptime;
    private final boolean isNew;
    private FileChannel channel;
    private long end;
    private int lines;

    /** Opens it without a change. */
    BudgetFile(Path path, Duration window, Clock clock, Uptime uptime) throws IOException {
        this.path = path.toAbsolutePath();
        this.shortTime = window.compareTo(SHORT) <= 0;
        this.clock = clock;
        this.uptime = uptime;
        Path folder = this.path.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        isNew = Files.notExists(this.path);
        channel = FileChannel.open(this.path, CREATE, WRITE);
    }

    @Override
    public Past past() throws IOException {
        if (isNew) {
            return new Past(Map.of(), 0, false);
        }
        BudgetPast past = new BudgetPast();
        String text = Files.readString(path, ISO_8859_1);
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(past::line);
        if (past.spoilt()) {
            LOG.warn("{}: lines cannot be read and are left out: {}", path, shortTime ? FULL : TOO_FEW);
        }
        return counted(past);
    }

    private Past counted(BudgetPast past) {
        long now = uptime.millis();
        boolean same = uptime.continues(past.boot()) && past.uptime() <= now + Budget.MARGIN.toMillis();
        long shift = same ? 0 : now - past.uptime() - down(past);
        Map<Long, Long> ended = past.ended().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey() + shift, Map.Entry::getValue));
        return new Past(ended, past.underWay(), shortTime && (past.spoilt() || !same && !past.closed()));
    }

    /** Between two starts of the machine only its clock can tell, and that may be wrong. */
    private long down(BudgetPast past) {
        return shortTime ? 0 : Math.max(0, clock.millis() - past.epoch());
    }

    @Override
    public void begins(long id, int many) throws IOException {
        append("take " + id + " " + many);
    }

    @Override
    public void ends(long id, int used, boolean unheard) throws IOException {
        append((unheard ? "lost " : "end ") + id + " " + used + " " + times());
    }

    private String times() {
        return uptime.millis() + " " + clock.millis();
    }

    @Override
    public boolean isLong() {
        return lines >= MANY_LINES;
    }

    @Override
    public void shorten(Map<Long, Long> ended, Map<Long, Integer> underWay) throws IOException {
        List<String> all = new ArrayList<>();
        all.add("run " + uptime.boot() + " " + times());
        ended.forEach((at, used) -> all.add("kept " + used + " " + at));
        underWay.forEach((id, many) -> all.add("take " + id + " " + many));
        replace(all);
    }

    /** After a failed write the next one begins at the same place, so that no torn line stays in between. */
    private void append(String line) throws IOException {
        ByteBuffer bytes = US_ASCII.encode(line + "\n");
        long at = end;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        end = at;
        lines++;
    }

    /**
     * Puts these lines in the place of all. The old file stands until the new one is on disk; and the new name is on disk before
     * anything is appended, or a power cut could bring back an old file that ended as it should.
     */
    private void replace(List<String> fresh) throws IOException {
        byte[] bytes = (String.join("\n", fresh) + "\n").getBytes(US_ASCII);
        channel.close();
        try {
            new WholeFile(path).replaceForGood(bytes);
            end = bytes.length;
        } finally {
            channel = FileChannel.open(path, CREATE, WRITE);
        }
        lines = fresh.size();
    }

    /** Notes that nothing is missing. */
    @Override
    public void close() throws IOException {
        try (FileChannel open = channel) {
            append("closed " + times());
        } catch (IOException e) {
            LOG.warn(
                    "a budget cannot be written; after a restart of the machine its minute counts as full: {}",
                    e.toString());
        }
    }
}
