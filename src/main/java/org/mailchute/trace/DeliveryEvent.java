package org.mailchute.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
 * @param option {@code submission}, {@code direct-send} or {@code relay}; empty at intake
 * @param from envelope sender
 * @param recipients the recipients this is about
 * @param bytes size of the payloads, where known
 * @param attempt number of the attempt, from 1; 0 at intake
 * @param reply what the server said; empty where it was not asked
 * @param reason why, in a sentence; empty when all is well
 * @param remedy what a person should do; empty when nothing
 * @param next when it is tried again
 * @param timing how long the delivery and this attempt took; empty where no server was asked
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
        Optional<Timing> timing) {

    /** What can happen. */
    public enum Kind {
        /** Spooled and enqueued: from here on Mailchute answers for it. */
        RECEIVED,
        /** Input that cannot become mail; it rests where its source keeps rejected input. */
        REFUSED,
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
        LANE_OPEN
    }

    /**
     * @param queued when the delivery was first enqueued
     * @param took from the first command of the attempt to its last reply
     */
    public record Timing(Instant queued, Duration took) {}

    public DeliveryEvent {
        recipients = List.copyOf(recipients);
    }

    /** Of which nothing else is known yet. */
    public static DeliveryEvent of(Kind kind, Instant time) {
        Optional<Instant> never = Optional.empty();
        return new DeliveryEvent(
                kind, time, "", "", "", "", "", "", List.of(), 0, 0, "", "", "", never, Optional.empty());
    }

    /** The message, and whom of its recipients this is about. */
    public DeliveryEvent about(String id, String mid, String intake, String sender, List<String> whom, long size) {
        return new DeliveryEvent(
                kind, time, id, mid, intake, lane, option, sender, whom, size, attempt, reply, reason, remedy, next,
                timing);
    }

    /** The lane. */
    public DeliveryEvent over(String name, String by) {
        return new DeliveryEvent(
                kind,
                time,
                queueId,
                messageId,
                source,
                name,
                by,
                from,
                recipients,
                bytes,
                attempt,
                reply,
                reason,
                remedy,
                next,
                timing);
    }

    /** What the server said, what it means, and what a person should do. */
    public DeliveryEvent because(String said, String cause, String cure) {
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
                said,
                cause,
                cure,
                next,
                timing);
    }

    /** When it is tried again. */
    public DeliveryEvent until(Optional<Instant> again) {
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
                again,
                timing);
    }

    /** The attempt's number, from 1, and how long it took. */
    public DeliveryEvent tried(int number, Timing took) {
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
                number,
                reply,
                reason,
                remedy,
                next,
                Optional.of(took));
    }
}
