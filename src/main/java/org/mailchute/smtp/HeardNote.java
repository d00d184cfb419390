package org.mailchute.smtp;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mailchute.envelope.Envelope;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;

/**
 * What is known of a delivery whose final dot has left.
 *
 * @param dotLeft when
 * @param refused recipients that had been refused before
 * @param reply to the dot; empty when it was not read
 */
public record HeardNote(Instant dotLeft, List<RecipientReply> refused, Optional<Reply> reply) {
    private static final Reply NOT_HEARD =
            Reply.none("the gateway ended before it had read the reply to the final dot");

    public HeardNote {
        refused = List.copyOf(refused);
    }

    HeardNote answered(Reply heard) {
        return new HeardNote(dotLeft, refused, Optional.of(heard));
    }

    /** What was said last about each recipient, as {@link SessionPool#send} gave it or would have given it. */
    public List<RecipientReply> replies(Envelope envelope) {
        Map<ForwardPath, RecipientReply> before =
                refused.stream().collect(Collectors.toMap(RecipientReply::recipient, said -> said, (one, same) -> one));
        return envelope.forwardPaths().stream()
                .map(path ->
                        before.getOrDefault(path, new RecipientReply(path, Stage.END_OF_DATA, reply.orElse(NOT_HEARD))))
                .toList();
    }
}
