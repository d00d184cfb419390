package org.mailchute.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.mailchute.spool.ClaimName;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which broker holds the claim checks of this spool. What the embedded broker does not speak of is only then a left-over of a
 * crash when the embedded broker was there before: a broker elsewhere, or a journal that was lost, may have known it.
 */
public final class SpoolOwner {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolOwner.class);
    private static final String ELSEWHERE = "broker.elsewhere";
    private static final String ASIDE = "set-aside";

    private final Path home;
    private final boolean sameAsBefore;

    private SpoolOwner(Path home, boolean sameAsBefore) {
        this.home = home;
        this.sameAsBefore = sameAsBefore;
    }

    /** Before the embedded broker is started, which would make its journal. */
    public static SpoolOwner of(Path home) {
        boolean journal = Files.isDirectory(home.resolve("broker").resolve("journal"));
        return new SpoolOwner(home, journal && !Files.exists(home.resolve(ELSEWHERE)));
    }

    /** From now on another broker knows what is in the spool. */
    public static void elsewhere(Path home) throws IOException {
        if (!Files.exists(home.resolve(ELSEWHERE))) {
            Files.createFile(home.resolve(ELSEWHERE));
        }
    }

    /** @param referenced what the embedded broker speaks of */
    public void discardOrphans(Spool spool, Predicate<QueueId> referenced) throws IOException {
        Set<QueueId> orphans = spool.strays().allBut(referenced);
        if (sameAsBefore) {
            lost(spool, orphans);
            return;
        }
        if (!orphans.isEmpty()) {
            LOG.warn(
                    "this broker is new here and knows nothing of {} messages of the spool: they lie in {} now. If another"
                            + " broker has their deliveries, set broker.url again and put them back into {}",
                    orphans.size(),
                    setAside(spool, orphans),
                    home.resolve("messages"));
        }
        Files.deleteIfExists(home.resolve(ELSEWHERE));
    }

    /**
     * A claim ends after the broker has committed its message, and the message is freed before the broker forgets it: one with a
     * ticket and without a claim was in the journal.
     */
    private void lost(Spool spool, Set<QueueId> orphans) throws IOException {
        Set<QueueId> claimed = ClaimName.all(home);
        Set<QueueId> lost = new TreeSet<>(Comparator.comparing(QueueId::value));
        Set<QueueId> never = new HashSet<>();
        for (QueueId orphan : orphans) {
            if (spool.isSpoilt(orphan)) {
                LOG.warn(
                        "id={} has a ticket that cannot be understood, and nobody waits for it: it lies in {} now",
                        orphan,
                        setAside(spool, Set.of(orphan)));
            } else if (spool.isSure(orphan) && !claimed.contains(orphan)) {
                lost.add(orphan);
            } else {
                LOG.info("id={} never reached the broker: removed from the spool, its source has it", orphan);
                never.add(orphan);
            }
        }
        spool.strays().discard(never);
        if (!lost.isEmpty()) {
            LOG.error(
                    "the journal in {} has lost {} messages that it had (it is spoilt, or an older copy was put back): they"
                            + " lie in {} now, QUEUEID.0 is the file and QUEUEID.ticket says whose. Look in the mail log which"
                            + " of them were mailed, and let the others be sent again: {}",
                    home.resolve("broker"),
                    lost.size(),
                    setAside(spool, lost),
                    lost);
        }
    }

    private Path setAside(Spool spool, Set<QueueId> ids) throws IOException {
        Path aside = Files.createDirectories(home.resolve(ASIDE));
        spool.strays().setAside(ids, aside);
        return aside;
    }
}
