package org.mailchute.command;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.management.LocalTime;
import org.mailchute.tracestore.TraceStory;
import org.mailchute.tracestore.TraceStory.TracedEvent;
import org.mailchute.tracestore.TracedMessage;
import org.mailchute.tracestore.TracedMessage.TracedRecipient;

/** What has become of a message, in plain words. */
final class StoryLines {
    private StoryLines() {}

    /** In one line. */
    static String of(TracedMessage message) {
        return "%s  %s  %-9s  %s -> %s  %s"
                .formatted(
                        time(message.received()),
                        message.queueId(),
                        outcomes(message),
                        person(message.sender()),
                        message.recipients().stream()
                                .map(recipient -> person(recipient.address()))
                                .collect(Collectors.joining(" ")),
                        called(message))
                .stripTrailing();
    }

    /** All of it. */
    static List<String> of(TraceStory story) {
        TracedMessage message = story.message();
        Stream<String> head = Stream.of(
                message.queueId() + "  " + called(message),
                "Message-ID " + (message.messageId().isEmpty() ? "none" : message.messageId()) + ", " + message.bytes()
                        + " octets" + pages(message.pages()),
                "from " + person(message.sender()));
        return Stream.of(
                        head,
                        message.recipients().stream().map(StoryLines::outcome),
                        Stream.of(""),
                        story.events().stream().map(event -> line(event, message)))
                .flatMap(lines -> lines)
                .map(String::stripTrailing)
                .toList();
    }

    private static String pages(int pages) {
        return pages == 0 ? "" : pages == 1 ? ", 1 page" : ", " + pages + " pages";
    }

    private static String outcomes(TracedMessage message) {
        return message.outcomes().stream().map(StoryLines::word).sorted().collect(Collectors.joining(","));
    }

    private static String called(TracedMessage message) {
        return Stream.of(message.name(), message.subject())
                .filter(text -> !text.isEmpty())
                .distinct()
                .map(text -> '"' + oneLine(text) + '"')
                .collect(Collectors.joining(" "));
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\r\\n\\t]+", " ");
    }

    private static String person(String address) {
        return address.isEmpty() ? "nobody" : address;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String outcome(TracedRecipient recipient) {
        String lane = recipient.lane().isEmpty() ? "" : ", lane " + recipient.lane();
        return "to   %s: %s since %s%s"
                .formatted(person(recipient.address()), word(recipient.outcome()), time(recipient.since()), lane);
    }

    private static String time(Instant time) {
        return LocalTime.bare(time);
    }

    private static String line(TracedEvent event, TracedMessage message) {
        return time(event.time()) + "  " + oneLine(what(event, message));
    }

    private static String what(TracedEvent event, TracedMessage message) {
        return switch (event.kind()) {
            case RECEIVED -> "taken from " + message.source();
            case REFUSED -> "not taken from " + message.source() + why(event);
            case REPEATED -> "came again, and is not sent twice";
            case ACCEPTED -> "%s: accepted for %s%s".formatted(lane(event), event.recipients(), said(event));
            case DEFERRED ->
                "%s: not yet for %s%s%s%s"
                        .formatted(lane(event), event.recipients(), said(event), why(event), again(event));
            case DEAD -> "%s: given up for %s%s%s".formatted(lane(event), event.recipients(), said(event), why(event));
            case REPLAYED -> event.reason() + " to " + event.recipients();
            case DROPPED -> event.reason() + " for " + event.recipients();
            case LANE_HELD, LANE_PAUSED, LANE_OPEN, REPLY_UNKNOWN ->
                word(event.kind()).replace('_', ' ') + said(event) + why(event);
        };
    }

    private static String lane(TracedEvent event) {
        String attempt = event.attempt() > 1 ? ", attempt " + event.attempt() : "";
        return "lane " + event.lane() + attempt;
    }

    private static String said(TracedEvent event) {
        if (event.reply().isEmpty()) {
            return "";
        }
        return "; " + event.said().map(reply -> "the server said: " + reply).orElse(event.reply());
    }

    private static String why(TracedEvent event) {
        String remedy = event.remedy().isEmpty() ? "" : " (" + event.remedy() + ")";
        return event.reason().isEmpty() ? "" : "; " + event.reason() + remedy;
    }

    private static String again(TracedEvent event) {
        return event.next().map(next -> "; again at " + time(next)).orElse("");
    }
}
