package org.mailchute.intakes;

import java.io.IOException;
import java.util.Optional;
import org.mailchute.broker.Reception;
import org.mailchute.intake.PickupTicket;
import org.mailchute.intake.ReadyTicket;
import org.mailchute.listener.ListenerServer;
import org.mailchute.request.Requests;
import org.mailchute.steps.Intake;
import org.mailchute.steps.PollTrouble;

/** An intake of the settings, open: its beans are bound. There is one class for each route file {@code 1-intake-KIND}. */
public sealed interface IntakeKind permits FolderKind, FtpKind, JmsKind, PickupKind, SmtpKind {
    /** As the steps know it. */
    Intake intake();

    /** Adds its route. From then on it takes what comes. */
    void addRoute() throws Exception;

    /**
     * Opens its port, once its route is there.
     *
     * @return the server to be closed before the routes end; empty for all but listeners
     * @throws IOException when the port is not free, or no address of ours
     */
    default Optional<ListenerServer> listen() throws IOException {
        return Optional.empty();
    }

    /** How polling goes; empty for those that are sent to. */
    default Optional<PollTrouble> polling() {
        return Optional.empty();
    }

    /** How receiving goes; empty for all but queues. */
    default Optional<Reception> reception() {
        return Optional.empty();
    }

    /** The broker has this message of its for good. */
    default void committed(String queueId) {}

    /** Removes from its archive what need not be kept any longer. */
    default void sweep() {}

    /** How it reads what is published to it; empty for all but queues. */
    default Optional<Requests> requests() {
        return Optional.empty();
    }

    /** How it reads whole messages that it is sent; empty for all but listeners. */
    default Optional<ReadyTicket> reader() {
        return Optional.empty();
    }

    /** How it reads whole messages that are put into its folder; empty for all but pickup folders. */
    default Optional<PickupTicket> pickup() {
        return Optional.empty();
    }
}
