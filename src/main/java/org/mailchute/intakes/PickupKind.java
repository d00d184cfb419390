package org.mailchute.intakes;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.mailchute.intake.PickupTicket;
import org.mailchute.intake.ReadyTicket;
import org.mailchute.intake.Refused;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.settings.IntakePlan;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Gathered;
import org.mailchute.spool.Incoming;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;
import org.mailchute.steps.FileIntake;
import org.mailchute.steps.PickupFiles;
import org.mailchute.steps.PollTrouble;
import org.mailchute.watch.FolderRoom;
import org.mailchute.watch.KeptFiles;
import org.mailchute.watch.Stability;
import org.mailchute.watch.WaitingFiles;

/** A folder that applications put whole messages into. */
final class PickupKind extends IntakeKind implements FileIntake {
    private final IntakePlan.Pickup pickup;
    private final Stability stability;
    private final WaitingFiles waiting;
    private final Optional<KeptFiles> kept;
    private final PickupTicket reader;
    private final PollTrouble trouble;

    PickupKind(IntakePlan.Pickup pickup, Ground ground) throws IOException {
        super(ground, pickup, Incoming.open(ground.claims(), pickup.name()), rejected(pickup), pickup.rejected());
        this.pickup = pickup;
        this.waiting = new WaitingFiles(pickup.name(), Ground.AT_ONCE, pickup.poll(), ground.clock());
        this.kept = pickup.keep() ? Optional.of(ground.kept(pickup.name(), incoming())) : Optional.empty();
        this.reader = new PickupTicket(
                new ReadyTicket(pickup.rule(), ground.settings().name()), pickup.dotStuffed());
        this.stability = ground.stability(pickup.name(), pickup.stableFor(), Stability.ofHeap());
        this.trouble = ground.trouble(pickup.name(), room(), FolderRoom.ofHeap(stability));
        ground.bindPolled(pickup.name(), new PickupFiles(stability, waiting, kept), trouble);
    }

    private static RejectedPlace rejected(IntakePlan.Pickup pickup) {
        return pickup.rejected()
                .map(place -> RejectedPlace.of(pickup.folder(), place))
                .orElseGet(() -> RejectedPlace.beside(pickup.folder()));
    }

    @Override
    public Optional<WaitingFiles> staying() {
        return Optional.of(waiting);
    }

    @Override
    boolean hasTaken() {
        return true;
    }

    @Override
    public Optional<Claimed> claim(Exchange exchange, GenericFile<?> file, File local, QueueId id) {
        return new LocalFiles(stability, waiting, room(), ground.disk()).take(local, () -> claim(local.toPath(), id));
    }

    private Optional<Claimed> claim(Path file, QueueId id) throws IOException {
        return kept.isPresent()
                ? kept.get().claim(Gathered.only(file, ""), id)
                : Optional.of(incoming().claim(file, id));
    }

    @Override
    public void ended(Claimed claimed, Optional<Ticket> enqueued) throws IOException {
        if (kept.isPresent()) {
            kept.get().done(claimed.queueId());
        }
    }

    @Override
    public Ticket ticket(Claimed claimed, Instant now) throws IOException, Refused {
        return reader.make(claimed, kind(), now, number -> ground.spool().create(claimed.queueId(), number));
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
}
