package org.mailchute.intakes;

import java.io.IOException;
import java.util.Optional;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.settings.PlaceSettings;
import org.mailchute.settings.Settings;
import org.mailchute.spool.Incoming;
import org.mailchute.steps.FolderFiles;
import org.mailchute.steps.Intake;
import org.mailchute.steps.PollTrouble;
import org.mailchute.watch.Archive;
import org.mailchute.watch.FolderRoom;
import org.mailchute.watch.FolderWatch;
import org.mailchute.watch.Gathering;
import org.mailchute.watch.IgnoredNames;
import org.mailchute.watch.KeptFiles;
import org.mailchute.watch.SentFiles;
import org.mailchute.watch.Stability;
import org.mailchute.watch.WaitingFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A watched folder, or a device's own folder of our FTP server. */
final class FolderKind implements IntakeKind {
    private static final Logger LOG = LoggerFactory.getLogger(FolderKind.class);
    /** Of each folder; half a megabyte of memory. */
    private static final int SENT_LATELY = 2_000;

    private final Settings.FolderIntake folder;
    private final Ground ground;
    private final Intake intake;
    private final FolderWatch watch;
    private final PollTrouble trouble;

    FolderKind(Settings.FolderIntake folder, Ground ground) throws IOException {
        this.folder = folder;
        this.ground = ground;
        Incoming incoming = Incoming.open(ground.home(), folder.name(), folder.folder());
        this.watch = watch(incoming);
        this.intake = new Intake(
                folder.rule(),
                incoming,
                RejectedPlace.of(folder.folder(), folder.rejected()),
                ground.room(folder.name(), Optional.of(folder.rejected())),
                watch);
        FolderRoom room = FolderRoom.ofHeap();
        this.trouble = new PollTrouble(folder.name(), ground.clock(), intake.room(), room);
        ground.bind(
                "ready-" + folder.name(),
                new FolderFiles(
                        new IgnoredNames(folder.places().ignored()),
                        folder.own().values(),
                        watch,
                        room));
        ground.bind("trouble-" + folder.name(), trouble);
    }

    private FolderWatch watch(Incoming incoming) throws IOException {
        PlaceSettings places = folder.places();
        return new FolderWatch(
                new Gathering(
                        incoming, folder.rule(), new Stability(folder.stableFor(), ground.clock()), ground.clock()),
                new WaitingFiles(folder.name(), places.patience(), folder.poll(), ground.clock()),
                places.undecided().map(place -> RejectedPlace.of(folder.folder(), place)),
                keeps() ? Optional.of(kept(incoming)) : Optional.empty(),
                !keeps() && places.repeats() == PlaceSettings.Repeats.REFUSE ? Optional.of(sent()) : Optional.empty(),
                places.archive()
                        .map(place -> new Archive(
                                folder.folder(), place, places.archiveFor(), places.archiveBytes(), ground.clock())));
    }

    private boolean keeps() {
        return folder.places().done() == PlaceSettings.Done.KEEP;
    }

    private KeptFiles kept(Incoming incoming) throws IOException {
        return new KeptFiles(ground.ledger(folder.name() + ".kept", KeptFiles.MOST, true), incoming);
    }

    private SentFiles sent() throws IOException {
        return new SentFiles(ground.ledger(folder.name() + ".sent", SENT_LATELY, false));
    }

    @Override
    public Intake intake() {
        return intake;
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
