package org.mailchute.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mailchute.lane.Attempt;
import org.mailchute.smtp.HeardNotes;
import org.mailchute.spool.Spool;

/** What each lane has heard, by its name: open for as long as the gateway runs, whether the lane changes or leaves. */
final class LaneNotes implements AutoCloseable {
    private final Path folder;
    private final Clock clock;
    private final Spool spool;
    private final boolean forced;
    private final Map<String, HeardNotes> open = new ConcurrentHashMap<>();

    /**
     * @param spool what it does not hold any more, nobody sends again
     * @param forced each note is on the disk before what it tells of goes on
     */
    LaneNotes(Path home, Spool spool, Clock clock, boolean forced) {
        this.folder = home.resolve("lanes");
        this.spool = spool;
        this.forced = forced;
        this.clock = clock;
    }

    /** @throws IOException when they cannot be opened */
    HeardNotes of(String lane) throws IOException {
        HeardNotes known = open.get(lane);
        if (known == null) {
            known = HeardNotes.open(
                    folder.resolve(lane + ".heard"), clock, delivery -> spool.has(Attempt.message(delivery)), forced);
            open.put(lane, known);
        }
        return known;
    }

    /** This delivery does not come again. */
    void committed(String lane, String delivery) {
        HeardNotes notes = open.get(lane); // it may have been taken out of the settings
        if (notes != null) {
            notes.committed(delivery);
        }
    }

    @Override
    public void close() throws IOException {
        for (HeardNotes notes : open.values()) {
            notes.close();
        }
    }
}
