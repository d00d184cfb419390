package org.mailchute.steps;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.mailchute.intake.Refused;
import org.mailchute.intake.RefusedInput;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.intake.RejectedRoom;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Incoming;
import org.mailchute.spool.Ticket;
import org.mailchute.watch.WaitingFiles;

/** One intake as the steps know it. What differs from kind to kind they ask it. */
public interface Intake {
    /** {@code folder}, {@code drop}, {@code ftp}, {@code jms}, {@code pickup} or {@code smtp}, as events show it. */
    String kind();

    /** Its name in the settings. */
    String name();

    /** Where its claims rest until they are enqueued. */
    Incoming incoming();

    /** What becomes of its refused input. */
    RefusedInput refused();

    /** How much of that may rest in home. */
    RejectedRoom room();

    /** Kind and name, as events show it. */
    default String label() {
        return kind() + ":" + name();
    }

    /** Its files that stay though nobody wants them to, on this machine or at its server; empty where there are no files. */
    default Optional<WaitingFiles> staying() {
        return Optional.empty();
    }

    /** What waits there, for reports; empty where it cannot tell. */
    default Optional<WaitingFiles.Standing> standing() {
        return Optional.empty();
    }

    /** Whether several senders share it, each of whom keeps what it sends and can be answered. */
    default boolean isShared() {
        return false;
    }

    /** Where input goes that is refused for this reason. */
    RejectedPlace placeFor(Refused why);

    /**
     * What it claimed came to its end, and its claim is about to be released.
     *
     * @param enqueued what the broker has of it; empty when it was refused
     */
    default void ended(Claimed claimed, Optional<Ticket> enqueued) throws IOException {}

    /** The intake an exchange came by. */
    static <T extends Intake> T of(Exchange exchange, Map<String, T> intakes) {
        String name = exchange.getProperty("intake", String.class);
        return Objects.requireNonNull(intakes.get(name), () -> "no intake of this kind is named " + name);
    }
}
