package org.mailchute.intakes;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.mailchute.broker.Reception;
import org.mailchute.intake.Refused;
import org.mailchute.intake.RefusedInput;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.intake.RejectedRoom;
import org.mailchute.listener.ListenerServer;
import org.mailchute.settings.IntakePlan;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Incoming;
import org.mailchute.spool.Recovery;
import org.mailchute.steps.Claim;
import org.mailchute.steps.Intake;
import org.mailchute.steps.PollTrouble;

/**
 * An intake of the settings, open: its beans are bound. There is one class for each route file {@code 1-intake-KIND}, and for each
 * {@link IntakePlan}, which is what it is told.
 */
public abstract sealed class IntakeKind implements Intake, AutoCloseable
        permits FolderKind, FtpKind, JmsKind, PickupKind, SmtpKind {
    final Ground ground;

    private final IntakePlan plan;
    private final Incoming incoming;
    private final RejectedPlace rejected;
    private final RejectedRoom room;
    private final RefusedInput refused;

    /** @param own where refused input rests by the settings; empty for {@link Ground#rejected} */
    IntakeKind(Ground ground, IntakePlan plan, Incoming incoming, RejectedPlace rejected, Optional<Path> own) {
        this.ground = ground;
        this.plan = plan;
        this.incoming = incoming;
        this.rejected = rejected;
        this.room = RejectedRoom.in(ground.home(), plan.name(), own, ground.clock());
        this.refused = new RefusedInput(label(), room, ground.rejected(plan.name()), ground.clock());
    }

    @Override
    public final String kind() {
        return plan.kind();
    }

    @Override
    public final String name() {
        return plan.name();
    }

    @Override
    public final Incoming incoming() {
        return incoming;
    }

    @Override
    public final RefusedInput refused() {
        return refused;
    }

    @Override
    public RejectedPlace placeFor(Refused why) {
        return rejected;
    }

    @Override
    public final RejectedRoom room() {
        return room;
    }

    /** Adds its route. From then on it takes what comes. */
    public abstract void addRoute() throws Exception;

    /**
     * Opens its port, once its route is there.
     *
     * @param meters counts what it refuses
     * @return the server to be closed before the routes end; empty for all but listeners
     * @throws IOException when the port is not free, or no address of ours
     */
    public Optional<ListenerServer> listen(MeterRegistry meters) throws IOException {
        return Optional.empty();
    }

    /** Whether its claims are all there is of its input; else a server, a device or a queue has it until the broker has it. */
    boolean hasTaken() {
        return false;
    }

    /** @param routes to {@code direct:accept} */
    public final Recovery recovery(ProducerTemplate routes) {
        Consumer<Claimed> again = claimed -> Claim.again(routes, this, claimed);
        return new Recovery(
                label(), incoming, ground.spool(), Optional.of(again).filter(way -> hasTaken()));
    }

    /** How polling goes; empty for those that are sent to. */
    public Optional<PollTrouble> polling() {
        return Optional.empty();
    }

    /** How receiving goes; empty for all but queues. */
    public Optional<Reception> reception() {
        return Optional.empty();
    }

    /** Why it takes nothing now, for people; empty when all is well. */
    public final Optional<String> trouble() {
        if (!isShared() && room.lacks().isPresent()) {
            return Optional.of("takes nothing until some of its refused input is removed");
        }
        if (reception().filter(Reception::standing).isPresent()) {
            return Optional.of("receives nothing");
        }
        return polling().filter(PollTrouble::standing).map(standing -> "cannot be polled");
    }

    /** The broker has this message of its for good. */
    public void committed(String queueId) {}

    /** Those that it reads. */
    public final Stream<String> queues() {
        return plan.queues();
    }

    /** To be called when its route has gone. */
    @Override
    public void close() {
        ground.close();
    }

    /** Removes from its archive what need not be kept any longer. */
    public void sweep() {}
}
