package org.mailchute.notice;

import java.util.Optional;
import org.mailchute.trace.DeliveryEvent;

/** What happened to a message that somebody must learn of, and the event that says so. */
public record Matter(What what, DeliveryEvent event) {
    /** Kind of source of notices themselves, of which nobody is told. */
    public static final String SOURCE = "notice";

    /** What can be told of a message. */
    public enum What {
        FAILED("Not delivered"),
        DELAYED("Not delivered yet"),
        TWICE("May have arrived twice");

        private final String words;

        What(String words) {
            this.words = words;
        }

        /** For people. */
        String words() {
            return words;
        }
    }

    /** Of an event; empty where nobody need learn of it. */
    public static Optional<Matter> of(DeliveryEvent event) {
        if (isNotice(event.source())) {
            return Optional.empty();
        }
        return switch (event.kind()) {
            case DEAD -> Optional.of(new Matter(What.FAILED, event));
            case ACCEPTED ->
                event.reason().equals(DeliveryEvent.PERHAPS_TWICE)
                        ? Optional.of(new Matter(What.TWICE, event))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** @param source a label such as {@code folder:scans} */
    public static boolean isNotice(String source) {
        return source.startsWith(SOURCE + ":");
    }
}
