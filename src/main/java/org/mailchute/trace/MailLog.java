package org.mailchute.trace;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mail log: one line per event, logger {@code mail}, made for grep: kind first, then {@code key=value}. */
public final class MailLog {
    private static final Logger LOG = LoggerFactory.getLogger("mail");

    /**
     * Writes the event's line; what needs a person is a warning.
     *
     * @param perhapsRepeated a crash came while it was being written before
     */
    public void write(DeliveryEvent event, boolean perhapsRepeated) {
        String line = line(event) + (perhapsRepeated ? " repeat=perhaps" : "");
        switch (event.kind()) {
            case REFUSED, DEAD, LANE_HELD, REPLY_UNKNOWN -> LOG.warn("{}", line);
            default -> LOG.info("{}", line);
        }
    }

    public static String line(DeliveryEvent event) {
        String kind = event.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return Stream.of(
                        kind,
                        field("id", event.queueId()),
                        field("message-id", event.messageId()),
                        field("source", event.source()),
                        field("lane", event.lane()),
                        field("option", event.option()),
                        field("from", event.from()),
                        field("to", String.join(",", event.recipients())),
                        field("bytes", event.bytes() == 0 ? "" : Long.toString(event.bytes())),
                        field("attempt", event.attempt() == 0 ? "" : Integer.toString(event.attempt())),
                        field("next", event.next().map(Object::toString).orElse("")),
                        quoted("reply", event.reply()),
                        quoted("reason", event.reason()),
                        quoted("remedy", event.remedy()))
                .filter(field -> !field.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String field(String key, String value) {
        return value.isEmpty() ? "" : key + "=" + value.replaceAll("[\\s\\p{Cntrl}]+", "_");
    }

    private static String quoted(String key, String value) {
        return value.isEmpty()
                ? ""
                : key + "=\"" + value.replaceAll("[\\p{Cntrl}]+", " ").replace('"', '\'') + "\"";
    }
}
