package org.mailchute.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailchute.command.ManagementClient.Refusal;
import org.mailchute.command.ManagementClient.Unanswered;
import org.mailchute.deadletter.DeadLetter;
import org.mailchute.envelope.ForwardPath;

/** Decides on many dead letters, one message after the other. */
final class ManyLetters {
    private final Map<String, List<DeadLetter>> messages;
    private final Predicate<DeadLetter> chosen;
    private final List<JsonAnswers.Decided> decided = new ArrayList<>();

    /** @param all dead letters, the oldest first */
    ManyLetters(List<DeadLetter> all, Predicate<DeadLetter> chosen) {
        this.chosen = chosen;
        this.messages = all.stream()
                .collect(Collectors.groupingBy(
                        letter -> letter.check().queueId().value(), LinkedHashMap::new, Collectors.toList()));
        messages.values().removeIf(letters -> letters.stream().noneMatch(chosen));
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** What the gateway is asked. */
    interface Decision {
        /**
         * @param only this recipient; null for all of its dead letters
         * @return the recipients concerned; none where somebody else has decided meanwhile
         */
        List<String> on(String message, @Nullable String only) throws Unanswered;
    }

    /**
     * What the gateway refuses is told, and the others go on.
     *
     * @return how many messages it refused
     * @throws Unanswered when the gateway cannot be asked any more: what was done is done
     */
    int forEach(Decision decision, String done, PrintWriter err) throws Unanswered {
        Progress progress = new Progress(err);
        int refused = 0;
        int at = 0;
        for (Map.Entry<String, List<DeadLetter>> message : messages.entrySet()) {
            progress.at(at++ + " of " + messages.size() + " messages");
            try {
                List<String> recipients = decide(message.getKey(), message.getValue(), decision);
                if (!recipients.isEmpty()) {
                    decided.add(new JsonAnswers.Decided(message.getKey(), done, recipients));
                }
            } catch (Refusal e) {
                err.println(message.getKey() + ": " + e.getMessage());
                refused++;
            }
        }
        return refused;
    }

    /** A message that is meant as a whole is decided at once, so that its recipients stay together. */
    private List<String> decide(String message, List<DeadLetter> letters, Decision decision) throws Unanswered {
        if (letters.stream().allMatch(chosen)) {
            return decision.on(message, null);
        }
        List<String> recipients = new ArrayList<>();
        for (DeadLetter letter : letters.stream().filter(chosen).toList()) {
            for (ForwardPath recipient : letter.check().recipients()) {
                recipients.addAll(decision.on(message, recipient.toString()));
            }
        }
        return recipients;
    }

    /** Those that are done, so far. */
    List<JsonAnswers.Decided> decided() {
        return decided;
    }
}
