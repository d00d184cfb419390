package org.mailchute.smtp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailchute.envelope.EnvelopeModule;
import org.mailchute.reply.Reply;

/**
 * One line of the notes of a lane, as JSON.
 *
 * @param delivery which one
 * @param what happened
 * @param at when
 * @param refused with {@link What#DOT}: recipients that were refused before it
 * @param reply with {@link What#REPLY}
 */
record HeardLine(String delivery, What what, Instant at, List<RecipientReply> refused, Optional<Reply> reply) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModules(new Jdk8Module(), new JavaTimeModule(), new EnvelopeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /** What a line tells. */
    enum What {
        DOT,
        REPLY,
        /** The broker has committed what became of the delivery: nobody asks any more. */
        DONE
    }

    static HeardLine dot(String delivery, HeardNote note) {
        return new HeardLine(delivery, What.DOT, note.dotLeft(), note.refused(), Optional.empty());
    }

    static HeardLine reply(String delivery, Instant at, Reply reply) {
        return new HeardLine(delivery, What.REPLY, at, List.of(), Optional.of(reply));
    }

    static HeardLine done(String delivery, Instant at) {
        return new HeardLine(delivery, What.DONE, at, List.of(), Optional.empty());
    }

    /** The lines that say as much as a note. */
    static Stream<HeardLine> of(String delivery, HeardNote note) {
        return Stream.concat(
                Stream.of(dot(delivery, note)),
                note.reply().stream().map(reply -> reply(delivery, note.dotLeft(), reply)));
    }

    /** @throws IllegalArgumentException when it is none, or half of one */
    static HeardLine parse(String text) {
        try {
            return JSON.readValue(text, HeardLine.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a note: " + e.getOriginalMessage(), e);
        }
    }

    /** With its line feed: without it a line does not count. */
    String text() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a note of ours does not become JSON", e);
        }
    }
}
