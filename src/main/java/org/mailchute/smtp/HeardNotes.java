package org.mailchute.smtp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.mailchute.reply.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one lane has heard of deliveries that the broker may give it again: after kill -9, a broken connection to the broker, a
 * commit that failed (promise P3). Noted outside the process: that the final dot leaves, just before it does; and the reply, as
 * soon as it is read. So a recipient whose 250 was read is never sent the message again, and one whose reply was not read is
 * known to be uncertain. Safe between threads; one process a file.
 */
public final class HeardNotes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeardNotes.class);

    private final HeardFile file;
    private final Clock clock;
    private final Map<String, HeardNote> notes = new LinkedHashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private boolean told;

    private HeardNotes(HeardFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Reads what was noted before, and shortens the file.
     *
     * @param path made when it is not there, its folder too
     * @param owed whether a delivery may come again; notes of others are dropped
     * @param forced each note is on the disk before what it tells of goes on; else it survives the process only
     */
    public static HeardNotes open(Path path, Clock clock, Predicate<String> owed, boolean forced) throws IOException {
        HeardFile file = new HeardFile(path, forced);
        HeardNotes heard = new HeardNotes(file, clock);
        file.read().forEach(heard::replay);
        heard.notes.keySet().removeIf(owed.negate());
        heard.shorten();
        return heard;
    }

    private void replay(HeardLine line) {
        switch (line.what()) {
            case DOT -> notes.put(line.delivery(), new HeardNote(line.at(), line.refused(), Optional.empty()));
            case REPLY ->
                notes.computeIfPresent(
                        line.delivery(),
                        (same, note) -> note.answered(line.reply().orElseThrow()));
            case DONE -> notes.remove(line.delivery());
        }
    }

    private void shorten() throws IOException {
        file.replace(notes.entrySet().stream().flatMap(note -> HeardLine.of(note.getKey(), note.getValue())));
    }

    /**
     * One thread's turn with a delivery. A broker whose connection broke gives a delivery again while the first attempt may
     * still be waiting for its reply: the second waits until the first has ended, and then knows what it heard.
     *
     * @param delivery its name, the same whenever the broker gives it again, and never another's
     */
    public synchronized Turn turn(String delivery) {
        while (!underWay.add(delivery)) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while another attempt is under way", e);
            }
        }
        return new Turn(delivery);
    }

    /** To be told what happens at the final dot, and to tell what was noted. */
    public final class Turn implements FinalDot, AutoCloseable {
        private final String delivery;

        private Turn(String delivery) {
            this.delivery = delivery;
        }

        /** What an earlier attempt at the same delivery came to; empty when its dot has not left. */
        public Optional<HeardNote> noted() {
            synchronized (HeardNotes.this) {
                return Optional.ofNullable(notes.get(delivery));
            }
        }

        @Override
        public void leaves(List<RecipientReply> refused) throws IOException {
            synchronized (HeardNotes.this) {
                HeardNote note = new HeardNote(clock.instant(), refused, Optional.empty());
                file.append(HeardLine.dot(delivery, note));
                notes.put(delivery, note);
            }
        }

        @Override
        public void answered(Reply reply) {
            synchronized (HeardNotes.this) {
                notes.computeIfPresent(delivery, (same, note) -> note.answered(reply));
                tryTo(() -> file.append(HeardLine.reply(delivery, clock.instant(), reply)));
            }
        }

        @Override
        public void close() {
            synchronized (HeardNotes.this) {
                underWay.remove(delivery);
                HeardNotes.this.notifyAll();
            }
        }
    }

    /** The broker has committed what became of a delivery, so it does not give it again. Saying so twice does no harm. */
    public synchronized void committed(String delivery) {
        if (notes.remove(delivery) != null) {
            tryTo(() -> file.append(HeardLine.done(delivery, clock.instant())));
            if (file.isLarge()) {
                tryTo(this::shorten);
            }
        }
    }

    private interface Write {
        void write() throws IOException;
    }

    /** What cannot be noted now is in memory; a crash would make it uncertain, or leave a note that nobody asks for. */
    private void tryTo(Write write) {
        try {
            write.write();
            told = false;
        } catch (IOException e) {
            if (!told) {
                LOG.warn("what the server says is not noted, and a crash now may cost a repeat: {}", e.getMessage());
            }
            told = true;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
