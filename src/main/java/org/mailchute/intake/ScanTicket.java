package org.mailchute.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Ticket;

/** The ticket of a scan that says nothing itself: all comes from the intake's rule, the file is the one attachment. */
public final class ScanTicket {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private ScanTicket() {}

    /**
     * @param kind {@code folder} or {@code ftp}
     * @param gateway our host name, for the Message-ID
     * @param now becomes the Date header field
     */
    public static Ticket make(IntakeRule rule, String kind, Claimed claimed, String gateway, Instant now)
            throws IOException {
        Ticket.Payload payload = payload(claimed);
        Map<String, String> fields = Map.of(
                "file", claimed.name(),
                "intake", rule.intake(),
                "date", DATE.format(now.atZone(ZoneId.systemDefault())),
                "size", humanSize(payload.size()));
        return new Ticket(
                claimed.queueId(),
                "<" + claimed.queueId() + "@" + gateway + ">",
                now,
                new Ticket.Source(kind, rule.intake(), claimed.name(), ""),
                rule.reversePath(),
                Stream.of(rule.to(), rule.cc(), rule.bcc())
                        .flatMap(List::stream)
                        .map(ForwardPath::new)
                        .toList(),
                new Ticket.Header(
                        rule.from(),
                        rule.fromName(),
                        rule.to(),
                        rule.cc(),
                        rule.replyTo(),
                        TextTemplate.parse(rule.subject()).render(fields),
                        Map.of()),
                TextTemplate.parse(rule.text()).render(fields),
                Optional.empty(),
                List.of(payload));
    }

    private static Ticket.Payload payload(Claimed claimed) throws IOException {
        try (InputStream in = open(claimed.file());
                Digested digested = new Digested(OutputStream.nullOutputStream())) {
            in.transferTo(digested);
            return new Ticket.Payload(
                    claimed.name(), ContentTypes.ofName(claimed.name()), digested.size(), digested.sha256());
        }
    }

    private static InputStream open(Path file) throws IOException {
        return Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private static String humanSize(long octets) {
        if (octets < 1_000_000) {
            return Math.max(1, octets / 1_000) + " KB";
        }
        return String.format(Locale.ROOT, "%.1f MB", octets / 1_000_000.0);
    }
}
