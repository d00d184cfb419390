package org.mailchute.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.polled.PolledServer;
import org.mailchute.polled.TakenFiles;
import org.mailchute.polled.UnreadFiles;
import org.mailchute.settings.PlaceSettings;
import org.mailchute.settings.Settings;
import org.mailchute.spool.DiskRoom;
import org.mailchute.spool.Incoming;
import org.mailchute.spool.Ledger;
import org.mailchute.watch.Archive;
import org.mailchute.watch.FolderWatch;
import org.mailchute.watch.Gathering;
import org.mailchute.watch.KeptFiles;
import org.mailchute.watch.Patience;
import org.mailchute.watch.SentFiles;
import org.mailchute.watch.Stability;
import org.mailchute.watch.WaitingFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what the settings of watched folders and polled servers name: places, archives, and the ledgers {@code HOME/seen/INTAKE}. */
final class FolderPlaces implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderPlaces.class);
    /** Of each folder; half a megabyte of memory. */
    private static final int SENT_LATELY = 2_000;

    /** With a file that cannot be taken: it is tried again every ten seconds, and never moved elsewhere. */
    static final Patience AT_ONCE = new Patience(Duration.ofSeconds(10), Duration.ofDays(1), false);

    private final Path seen;
    private final Clock clock;
    private final List<Ledger> ledgers = new ArrayList<>();
    private final List<Archive> archives = new ArrayList<>();

    FolderPlaces(Path home, Clock clock) {
        this.seen = home.resolve("seen");
        this.clock = clock;
    }

    FolderWatch open(Settings.FolderIntake folder, Incoming incoming) throws IOException {
        PlaceSettings places = folder.places();
        boolean keeps = places.done() == PlaceSettings.Done.KEEP;
        boolean knows = !keeps && places.repeats() == PlaceSettings.Repeats.REFUSE;
        Optional<Archive> archive = places.archive()
                .map(place -> new Archive(folder.folder(), place, places.archiveFor(), places.archiveBytes(), clock));
        archive.ifPresent(archives::add);
        return new FolderWatch(
                new Gathering(incoming, folder.rule(), new Stability(folder.stableFor(), clock), clock),
                new WaitingFiles(folder.name(), places.patience(), folder.poll(), clock),
                places.undecided().map(place -> RejectedPlace.of(folder.folder(), place)),
                keeps
                        ? Optional.of(new KeptFiles(ledger(folder.name() + ".kept", KeptFiles.MOST, true), incoming))
                        : Optional.empty(),
                knows
                        ? Optional.of(new SentFiles(ledger(folder.name() + ".sent", SENT_LATELY, false)))
                        : Optional.empty(),
                archive);
    }

    PolledServer open(Settings.FtpIntake ftp, long largest, DiskRoom disk) throws IOException {
        return new PolledServer(
                ftp.site(largest),
                new TakenFiles(ledger(ftp.name() + ".taken", TakenFiles.capacity(), true)),
                new UnreadFiles(),
                new WaitingFiles(ftp.name(), AT_ONCE, ftp.poll(), clock),
                disk,
                clock);
    }

    private Ledger ledger(String name, int most, boolean durable) throws IOException {
        Ledger ledger = Ledger.open(seen, name, most, durable);
        ledgers.add(ledger);
        return ledger;
    }

    /** Removes from the archives what need not be kept any longer. */
    void sweep() {
        for (Archive archive : archives) {
            try {
                archive.sweep();
            } catch (IOException | RuntimeException e) {
                LOG.warn("an archive cannot be swept and is tried again in an hour: {}", e.toString());
            }
        }
    }

    @Override
    public void close() {
        for (Ledger ledger : ledgers) {
            try {
                ledger.close();
            } catch (IOException e) {
                LOG.warn("a ledger did not close cleanly", e);
            }
        }
    }
}
