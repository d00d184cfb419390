package org.mailchute.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mailchute.intake.Digested;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Ledger;
import org.mailchute.spool.Ticket;

/**
 * The files of one folder that were sent lately, to know one again that a restored backup or a copying script brings back: it
 * has the name, the content <em>and</em> the time stamp of one that was sent. A page scanned twice has another time stamp and is
 * two scans, whatever its name. A time stamp that nobody can believe (a device without a clock, or one that runs ahead) tells
 * nothing, so such files are always new: rather twice than never. A time stamp that has lost its last digits is the one that it had: tar and zip
 * keep whole seconds, Java's own copies microseconds ({@code findings/java-copied-file-is-older-by-nanoseconds.sh}).
 */
public record SentFiles(Ledger ledger) {
    private static final Instant CREDIBLE = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofHours(1);

    /** @throws Refused when just this file was sent before, as another message */
    public void mustBeNew(Claimed claimed, Ticket ticket, Instant now) throws IOException, Refused {
        Instant modified = modified(claimed);
        if (modified.isBefore(CREDIBLE) || modified.isAfter(now.plus(AHEAD))) {
            return;
        }
        String[] sent = ledger.get(key(claimed, ticket, modified)).orElse("").split(" ");
        if (sent.length == 3
                && !sent[0].equals(claimed.queueId().value())
                && sent[2].startsWith(digits(modified).replaceFirst("0+$", ""))) {
            throw new Refused(
                    "\"" + claimed.name() + "\" was sent already, as " + sent[0] + " at " + sent[1]
                            + ": same name, content and time stamp",
                    "delete it; to send it again on purpose, save it under another name");
        }
    }

    /** It is enqueued. */
    public void sent(Claimed claimed, Ticket ticket) throws IOException {
        Instant modified = modified(claimed);
        ledger.put(key(claimed, ticket, modified), claimed.queueId() + " " + ticket.date() + " " + digits(modified));
    }

    private static Instant modified(Claimed claimed) throws IOException {
        return Files.getLastModifiedTime(claimed.file()).toInstant();
    }

    /** What comes after the second. */
    private static String digits(Instant modified) {
        return String.format(Locale.ROOT, "%09d", modified.getNano());
    }

    private static String key(Claimed claimed, Ticket ticket, Instant modified) {
        String pages = ticket.payloads().stream().map(Ticket.Payload::sha256).collect(Collectors.joining());
        return Digested.sha256(pages + modified.getEpochSecond() + "/" + claimed.name())
                .substring(0, 32);
    }
}
