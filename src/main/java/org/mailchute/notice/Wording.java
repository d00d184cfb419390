package org.mailchute.notice;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.trace.DeliveryEvent;

/**
 * A notice in plain words: what, why, and what to do about it.
 *
 * @param gateway our name
 * @param original of a notice about one message, as far as it is known
 */
public record Wording(Notice notice, String gateway, Optional<Original> original) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm XXX", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final int LONGEST_SUBJECT = 200;

    /** On one line. */
    public String subject() {
        String subject = notice.single().map(this::subject).orElseGet(this::several);
        String line = subject.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > LONGEST_SUBJECT ? line.substring(0, LONGEST_SUBJECT) + "…" : line;
    }

    private String subject(Matter matter) {
        return matter.what().words() + ": "
                + original.map(Wording::called)
                        .filter(called -> !called.isEmpty())
                        .orElseGet(() -> matter.event().queueId());
    }

    private static String called(Original message) {
        return message.subject().isEmpty() ? message.name() : message.subject();
    }

    private String several() {
        if (notice.causes().isEmpty()) {
            return notice.changes().stream().map(Wording::title).collect(Collectors.joining("; "));
        }
        long count = notice.causes().stream().mapToLong(Cause::count).sum();
        String what = notice.causes().stream()
                .map(cause -> cause.what().words())
                .distinct()
                .collect(Collectors.joining(", "));
        return what + ": " + messages(count);
    }

    private static String title(Standing change) {
        return (change.stands() ? "" : "Over: ") + change.condition().what();
    }

    private static String messages(long count) {
        return count == 1 ? "1 message" : String.format(Locale.ROOT, "%,d messages", count);
    }

    /** Lines end with LF. */
    public String text() {
        Stream<String> parts = notice.single().isPresent()
                ? Stream.of(message(notice.single().get()))
                : Stream.concat(
                        notice.causes().stream().map(Wording::cause),
                        notice.changes().stream().map(Wording::change));
        return parts.collect(
                Collectors.joining("\n", "", "\n-- \nMailchute at " + gateway + ". Nobody reads answers to this.\n"));
    }

    private String message(Matter matter) {
        DeliveryEvent event = matter.event();
        return told(matter.what()) + "\n\n"
                + lines("name", original.map(Original::name).orElse(""))
                + lines("subject", original.map(Original::subject).orElse(""))
                + lines("from", event.from())
                + lines("to", String.join(", ", event.recipients()))
                + lines("when", TIME.format(event.time()))
                + lines("why", event.reason())
                + lines("server", event.reply())
                + lines("to do", event.remedy())
                + lines("id", event.queueId());
    }

    private static String told(Matter.What what) {
        return switch (what) {
            case FAILED ->
                "This message was not delivered to those named below. It is kept: the help desk can send it again, to a corrected"
                        + " address too (mailchute dead replay).";
            case DELAYED ->
                "This message has not been delivered yet. Nothing need be done: it is tried again by itself.";
            case TWICE ->
                "This message was delivered, perhaps twice: the connection broke off after it had been sent once, and nobody can"
                        + " know whether it had arrived.";
        };
    }

    private static String cause(Cause cause) {
        return cause.what().words() + ": " + messages(cause.count())
                + cause.since().map(since -> " since " + TIME.format(since)).orElse("") + "\n\n"
                + lines("why", cause.reason())
                + lines("to do", cause.remedy())
                + cause.some().stream()
                        .map(event -> lines("such as", event.queueId() + " to " + some(event.recipients())))
                        .collect(Collectors.joining());
    }

    private static String some(List<String> recipients) {
        return recipients.stream().limit(Cause.SHOWN).collect(Collectors.joining(", "))
                + (recipients.size() > Cause.SHOWN ? " and others" : "");
    }

    private static String change(Standing change) {
        Condition condition = change.condition();
        return title(change) + "\n\n"
                + lines(change.stands() ? "since" : "over since", TIME.format(change.since()))
                + (change.stands() ? lines("why", condition.reason()) + lines("to do", condition.remedy()) : "");
    }

    private static String lines(String name, String value) {
        String line = value.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.isEmpty() ? "" : "  %-10s %s%n".formatted(name, line).replace("\r", "");
    }
}
