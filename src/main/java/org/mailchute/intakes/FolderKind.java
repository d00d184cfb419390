package org.mailchute.intakes;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.mailchute.intake.Refused;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.intake.ScanTicket;
import org.mailchute.settings.IntakePlan;
import org.mailchute.settings.PlaceSettings;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Gathered;
import org.mailchute.spool.Incoming;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;
import org.mailchute.steps.FileIntake;
import org.mailchute.steps.FolderFiles;
import org.mailchute.steps.PollTrouble;
import org.mailchute.watch.Archive;
import org.mailchute.watch.FolderRoom;
import org.mailchute.watch.FolderWatch;
import org.mailchute.watch.Gathering;
import org.mailchute.watch.IgnoredNames;
import org.mailchute.watch.SentFiles;
import org.mailchute.watch.Stability;
import org.mailchute.watch.WaitingFiles;
import org.mailchute.watch.WholePages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A watched folder, or a device's own folder of our FTP server. */
final class FolderKind extends IntakeKind implements FileIntake {
    private static final Logger LOG = LoggerFactory.getLogger(FolderKind.class);
    /** Of each folder; half a megabyte of memory. */
    private static final int SENT_LATELY = 2_000;

    private final IntakePlan.Folder folder;
    private final FolderWatch watch;
    private final PollTrouble trouble;

    FolderKind(IntakePlan.Folder folder, Ground ground) throws IOException {
        super(
                ground,
                folder,
                Incoming.open(ground.claims(), folder.name(), folder.folder()),
                RejectedPlace.of(folder.folder(), folder.rejected()),
                Optional.of(folder.rejected()));
        this.folder = folder;
        this.watch = watch();
        FolderRoom room = FolderRoom.ofHeap(watch.gathering().stability());
        this.trouble = ground.trouble(folder.name(), room(), room);
        ground.bindPolled(
                folder.name(),
                new FolderFiles(
                        new IgnoredNames(folder.places().ignored()),
                        folder.kind().equals(IntakePlan.Folder.DROP),
                        folder.notWatched(),
                        watch,
                        room),
                trouble);
    }

    private FolderWatch watch() throws IOException {
        PlaceSettings places = folder.places();
        return new FolderWatch(
                new Gathering(incoming(), folder.rule(), stability(), ground.clock()),
                new WaitingFiles(folder.name(), places.patience(), folder.poll(), ground.clock()),
                places.undecided().map(place -> RejectedPlace.of(folder.folder(), place)),
                keeps() ? Optional.of(ground.kept(folder.name(), incoming())) : Optional.empty(),
                !keeps() && places.repeats() == PlaceSettings.Repeats.REFUSE ? Optional.of(sent()) : Optional.empty(),
                places.archive()
                        .map(place -> new Archive(
                                folder.folder(), place, places.archiveFor(), places.archiveBytes(), ground.clock())));
    }

    /** Those that wait for each other, pages and sidecars, must all be remembered. */
    private Stability stability() throws IOException {
        boolean alone =
                folder.rule().pages().isEmpty() && folder.rule().sidecar().isEmpty();
        return ground.stability(folder.name(), folder.stableFor(), alone ? Stability.ofHeap() : Stability.ALL);
    }

    private boolean keeps() {
        return folder.places().done() == PlaceSettings.Done.KEEP;
    }

    private SentFiles sent() throws IOException {
        return new SentFiles(ground.ledger(folder.name() + ".sent", SENT_LATELY, false));
    }

    @Override
    public Optional<WaitingFiles> staying() {
        return Optional.of(watch.waiting());
    }

    @Override
    public Optional<WaitingFiles.Standing> standing() {
        return Optional.of(watch.waiting().standing());
    }

    @Override
    boolean hasTaken() {
        return true;
    }

    @Override
    public RejectedPlace placeFor(Refused why) {
        return watch.undecided().filter(place -> why.undecided()).orElse(super.placeFor(why));
    }

    @Override
    public Optional<Claimed> claim(Exchange exchange, GenericFile<?> file, File local, QueueId id) {
        return new LocalFiles(watch.gathering().stability(), watch.waiting(), room(), ground.disk())
                .take(local, () -> claim(local.toPath(), subfolder(file), id));
    }

    private static String subfolder(GenericFile<?> file) {
        Path parent = Path.of(file.getRelativeFilePath()).getParent();
        return parent == null ? "" : parent.toString();
    }

    /** Empty when it was taken before and stayed in its folder, or is not ready any more. */
    private Optional<Claimed> claim(Path file, String subfolder, QueueId id) throws IOException {
        Optional<Gathered> gathered = watch.gathering().with(file, subfolder);
        if (gathered.isEmpty()) {
            return Optional.empty();
        }
        Optional<Claimed> claimed = watch.kept().isPresent()
                ? watch.kept().get().claim(gathered.get(), id)
                : Optional.of(incoming().claim(gathered.get(), id));
        watch.gathering().claimed(gathered.get());
        return claimed;
    }

    @Override
    public Ticket ticket(Claimed claimed, Instant now) throws IOException, Refused {
        WholePages.check(claimed);
        Ticket ticket = ScanTicket.make(
                folder.rule(), kind(), claimed, ground.settings().name(), now);
        if (watch.sent().isPresent()) {
            watch.sent().get().mustBeNew(claimed, ticket, now);
        }
        ground.spool().adopt(claimed);
        return ticket;
    }

    @Override
    public void ended(Claimed claimed, Optional<Ticket> enqueued) throws IOException {
        if (enqueued.isEmpty()) {
            watch.ended(claimed);
            return;
        }
        watch.enqueued(claimed, enqueued.get());
        watch.archive().ifPresent(archive -> archive(archive, claimed));
    }

    /** It is sent whatever becomes of the archive; the file is not thrown away, though. */
    private void archive(Archive archive, Claimed claimed) {
        try {
            archive.add(claimed);
        } catch (IOException e) {
            LOG.error(
                    "id={} is enqueued, but its file cannot be archived and rests at {}: {}",
                    claimed.queueId(),
                    incoming().putAside(claimed),
                    e.toString());
        }
    }

    @Override
    public void addRoute() throws Exception {
        ground.route("folder", folder.name())
                .parameter("folder", folder.folder())
                .parameter("subfolders", folder.subfolders())
                .parameter("poll", folder.poll().toMillis())
                .add();
    }

    @Override
    public Optional<PollTrouble> polling() {
        return Optional.of(trouble);
    }

    @Override
    public void sweep() {
        watch.archive().ifPresent(FolderKind::sweep);
    }

    private static void sweep(Archive archive) {
        try {
            archive.sweep();
        } catch (IOException | RuntimeException e) {
            LOG.warn("an archive cannot be swept and is tried again in an hour: {}", e.toString());
        }
    }
}
