package org.mailchute.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that happened to a message, or to a lane. Written to the event queue in the same broker transaction as the
 * step it tells of.
 *
 * @param kind what happened
 * @param time when
 * @param queueId the message; empty for a lane's own event
 * @param messageId its Message-ID; empty where not known yet
 * @param source intake kind and name, such as {@code folder:scans}
 * @param lane the lane; empty at intake
 * @param option {@code submission}, {@code direct-send}, {@code relay} or {@code graph}; empty at intake
 * @param from envelope sender
 * @param recipients the recipients this is about
 * @param bytes size of the payloads, where known
 * @param attempt number of the attempt, from 1; 0 at intake
 * @param reply what the server said; empty where it was not asked
 * @param reason why, in a sentence; empty when all is well
 * @param remedy what a person should do; empty when nothing
 * @param next when it is tried again
 * @param timing how long the delivery and this attempt took; empty where no server was asked
 * @param name of the file, or what the source called it; said at intake only, as is the subject
 * @param subject of the message
 * @param pages of the scan; 0 where they are not known, and in all events but the first
 */
public record DeliveryEvent(
        Kind kind,
        Instant time,
        String queueId,
        String messageId,
        String source,
        String lane,
        String option,
        String from,
        List<String> recipients,
        long bytes,
        int attempt,
        String reply,
        String reason,
        String remedy,
        Optional<Instant> next,
        Optional<Timing> timing,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String subject,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int pages) {
    /** Reason of what was accepted after an attempt that nobody knows the end of. */
    public static final String PERHAPS_TWICE =
            "it may have arrived twice: an attempt before this one broke off after the message had left";

    /** What can happen. */
    public enum Kind {
        /** Spooled and enqueued: from here on Mailchute answers for it. */
        RECEIVED,
        /** Input that cannot become mail; it rests where its source keeps rejected input. */
        REFUSED,
        /** A request that was received before under the same id; it is not mailed again. */
        REPEATED,
        /** The server took it. */
        ACCEPTED,
        /** Tried, and to be tried again. */
        DEFERRED,
        /** Final: in the dead letter queue. */
        DEAD,
        /** A dead letter sent again. */
        REPLAYED,
        /** A dead letter thrown away by a person. */
        DROPPED,
        /** The lane waits for an administrator. */
        LANE_HELD,
        /** The lane waits until {@code next}. */
        LANE_PAUSED,
        /** The lane sends again. */
        LANE_OPEN,
        /** The server said what no row of replies.yaml knows. */
        REPLY_UNKNOWN
    }

    /**
     * @param queued when the delivery was first enqueued
     * @param took from the first command of the attempt to its last reply
     */
    public record Timing(Instant queued, Duration took) {}

    public DeliveryEvent {
        recipients = List.copyOf(recipients);
        // an event of the version before has neither
        name = Objects.requireNonNullElse(name, "");
        subject = Objects.requireNonNullElse(subject, "");
    }

    /** An event in the making: what is not said of it is empty. */
    public static Draft of(Kind kind, Instant time) {
        return new Draft(kind, time);
    }

    /** Gathers what is known, since of most events most is not. */
    public static final class Draft {
        private final Kind kind;
        private final Instant time;
        private String queueId = "";
        private String messageId = "";
        private String source = "";
        private String lane = "";
        private String option = "";
        private String from = "";
        private List<String> recipients = List.of();
        private long bytes;
        private int attempt;
        private String reply = "";
        private String reason = "";
        private String remedy = "";
        private Optional<Instant> next = Optional.empty();
        private Optional<Timing> timing = Optional.empty();
        private String name = "";
        private String subject = "";
        private int pages;

        private Draft(Kind kind, Instant time) {
            this.kind = kind;
            this.time = time;
        }

        /** The message, and where it came from. */
        public Draft message(String id, String header, String intake, long size) {
            queueId = id;
            messageId = header;
            source = intake;
            bytes = size;
            return this;
        }

        /** Its sender, and whom of its recipients this is about. */
        public Draft envelope(String sender, List<String> whom) {
            from = sender;
            recipients = whom;
            return this;
        }

        /** The lane. */
        public Draft over(String name, String by) {
            lane = name;
            option = by;
            return this;
        }

        /** What the server said, what it means, and what a person should do. */
        public Draft because(String said, String cause, String cure) {
            reply = said;
            reason = cause;
            remedy = cure;
            return this;
        }

        /** Another lane goes on with it. */
        public Draft takenOver(String other) {
            reason = reason + "; lane " + other + " takes over";
            remedy = "";
            return this;
        }

        /** When it is tried again. */
        public Draft until(Optional<Instant> again) {
            next = again;
            return this;
        }

        /** The attempt's number, from 1, and how long it took. */
        public Draft tried(int number, Timing took) {
            attempt = number;
            timing = Optional.of(took);
            return this;
        }

        /** How people know the message. */
        public Draft named(String called, String about) {
            name = called;
            subject = about;
            return this;
        }

        /** How many pages the scan has. */
        public Draft ofPages(int counted) {
            pages = counted;
            return this;
        }

        /** As far as it is known now. */
        public DeliveryEvent event() {
            return new DeliveryEvent(
                    kind,
                    time,
                    queueId,
                    messageId,
                    source,
                    lane,
                    option,
                    from,
                    recipients,
                    bytes,
                    attempt,
                    reply,
                    reason,
                    remedy,
                    next,
                    timing,
                    name,
                    subject,
                    pages);
        }
    }
}
