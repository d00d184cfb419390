package org.mailchute.intakes;

import java.io.IOException;
import java.util.Optional;
import org.mailchute.intake.PickupTicket;
import org.mailchute.intake.ReadyTicket;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.settings.Settings;
import org.mailchute.spool.Incoming;
import org.mailchute.steps.Intake;
import org.mailchute.steps.PickupFiles;
import org.mailchute.steps.PollTrouble;
import org.mailchute.watch.FolderRoom;
import org.mailchute.watch.Stability;
import org.mailchute.watch.WaitingFiles;

/** A folder that applications put whole messages into. */
final class PickupKind implements IntakeKind {
    private final Settings.PickupIntake pickup;
    private final Ground ground;
    private final Intake intake;
    private final PollTrouble trouble;

    PickupKind(Settings.PickupIntake pickup, Ground ground) throws IOException {
        this.pickup = pickup;
        this.ground = ground;
        WaitingFiles waiting = new WaitingFiles(pickup.name(), Ground.AT_ONCE, pickup.poll(), ground.clock());
        this.intake = new Intake(
                pickup.name(),
                Incoming.open(ground.home(), pickup.name()),
                rejected(pickup),
                ground.room(pickup.name(), pickup.rejected()),
                waiting);
        this.trouble = new PollTrouble(pickup.name(), ground.clock(), intake.room(), FolderRoom.ofHeap());
        Stability stability = new Stability(pickup.stableFor(), ground.clock());
        ground.bind("ready-" + pickup.name(), new PickupFiles<>(stability, waiting));
        ground.bind("trouble-" + pickup.name(), trouble);
    }

    private static RejectedPlace rejected(Settings.PickupIntake pickup) {
        return pickup.rejected()
                .map(place -> RejectedPlace.of(pickup.folder(), place))
                .orElseGet(() -> RejectedPlace.beside(pickup.folder()));
    }

    @Override
    public Intake intake() {
        return intake;
    }

    @Override
    public void addRoute() throws Exception {
        ground.route("pickup", pickup.name())
                .parameter("folder", pickup.folder())
                .parameter("poll", pickup.poll().toMillis())
                .add();
    }

    @Override
    public Optional<PollTrouble> polling() {
        return Optional.of(trouble);
    }

    @Override
    public Optional<PickupTicket> pickup() {
        return Optional.of(new PickupTicket(
                new ReadyTicket(pickup.rule(), ground.settings().name()), pickup.dotStuffed()));
    }
}
