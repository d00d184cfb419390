package org.mailchute.rehearsal;

import java.util.Locale;
import org.mailchute.trace.DeliveryEvent;

/** A delivery event in the demo's words: one plain line. */
final class DemoLine {
    private DemoLine() {}

    static String of(DeliveryEvent event) {
        String what = String.format(
                Locale.ROOT,
                "%tT  %-9s %-16s ",
                event.time().atZone(java.time.ZoneId.systemDefault()),
                word(event),
                event.queueId());
        return what + detail(event);
    }

    private static String word(DeliveryEvent event) {
        return switch (event.kind()) {
            case LANE_HELD -> "held";
            case LANE_PAUSED -> "paused";
            case LANE_OPEN -> "open";
            case REPLY_UNKNOWN -> "unknown";
            default -> event.kind().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String detail(DeliveryEvent event) {
        String to = String.join(", ", event.recipients());
        return switch (event.kind()) {
            case RECEIVED -> "from %s for %s".formatted(event.source(), to);
            case REFUSED, REPEATED -> "from %s: %s".formatted(event.source(), event.reason());
            case ACCEPTED -> "%s by %s (%s): %s".formatted(to, event.option(), event.lane(), event.reply());
            case DEFERRED ->
                "%s by %s: %s; again at %tT"
                        .formatted(
                                to,
                                event.option(),
                                event.reply(),
                                event.next().orElse(event.time()).atZone(java.time.ZoneId.systemDefault()));
            case DEAD -> "%s by %s: %s (%s)".formatted(to, event.option(), event.reply(), event.reason());
            case LANE_HELD, LANE_PAUSED -> "lane %s: %s".formatted(event.lane(), event.reason());
            case LANE_OPEN -> "lane %s sends again".formatted(event.lane());
            case REPLY_UNKNOWN -> "by %s (%s): %s".formatted(event.option(), event.lane(), event.reply());
            case REPLAYED, DROPPED -> "%s: %s".formatted(to, event.reason());
        };
    }
}
