package org.mailchute.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.tracestore.TraceQuery.Outcome;
import org.mailchute.tracestore.TraceStory.TracedEvent;
import org.mailchute.tracestore.TracedMessage;
import org.mailchute.tracestore.TracedMessage.TracedRecipient;

/** What templates show of a message. */
public final class Labels {
    private static final int FEW = 2;
    private static final int SOME = 10;

    private Labels() {}

    /**
     * Recipients for whom a message came to the same.
     *
     * @param recipients by address
     */
    public record Group(Outcome outcome, List<TracedRecipient> recipients) {
        /** So many that they are shown only to who wants to see them. */
        public boolean isLong() {
            return recipients.size() > SOME;
        }

        public boolean isDead() {
            return outcome == Outcome.DEAD;
        }
    }

    /** How people know it: by the file's name and the subject, or by its queue id. */
    public static String called(TracedMessage message) {
        String called = Stream.of(message.name(), message.subject())
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(" · "));
        return called.isEmpty() ? message.queueId() : called;
    }

    /** The first of its recipients. */
    public static List<String> first(TracedMessage message) {
        return message.recipients().stream()
                .map(TracedRecipient::address)
                .limit(FEW)
                .toList();
    }

    /** How many there are besides. */
    public static int more(TracedMessage message) {
        return Math.max(0, message.recipients().size() - FEW);
    }

    public static List<Group> groups(TracedMessage message) {
        return message.outcomes().stream()
                .map(outcome -> new Group(
                        outcome,
                        message.recipients().stream()
                                .filter(recipient -> recipient.outcome() == outcome)
                                .toList()))
                .toList();
    }

    /** The first ten of many, and how many more. */
    public static String shortened(Collection<?> addresses) {
        List<String> shown = new ArrayList<>(
                addresses.stream().limit(SOME).map(String::valueOf).toList());
        if (addresses.size() > SOME) {
            shown.add("+ " + (addresses.size() - SOME));
        }
        return String.join(", ", shown);
    }

    /** @param addresses with blanks between */
    public static String shortened(String addresses) {
        return shortened(Arrays.asList(addresses.split(" ")));
    }

    /** Why, and what stood in a reply's place. */
    public static String why(TracedEvent event) {
        return event.said().isPresent()
                ? event.reason()
                : Stream.of(event.reply(), event.reason())
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("; "));
    }

    /** As a value in the query of an address. */
    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
