package org.mailchute.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;
import org.mailchute.spool.Ticket;

/** The ticket of a scan that says nothing itself: all comes from the intake's rule, its pages are the attachments. */
public final class ScanTicket {
    private ScanTicket() {}

    /**
     * @param kind {@code folder} or {@code ftp}
     * @param gateway our host name, for the Message-ID
     * @param now becomes the Date header field
     * @throws Refused when nobody is known for it
     */
    public static Ticket make(IntakeRule rule, String kind, Claimed claimed, String gateway, Instant now)
            throws IOException, Refused {
        Path lay = Path.of(claimed.subfolder());
        Addressees found = rule.who().find(lay.getName(0).toString(), Shown.line(claimed.name()), rule.to());
        List<ForwardPath> recipients = Stream.of(found.to(), rule.cc(), rule.bcc())
                .flatMap(List::stream)
                .map(ForwardPath::new)
                .toList();
        if (recipients.isEmpty()) {
            throw new Refused(
                    "intake " + rule.intake() + " has no recipient",
                    "give it to, cc or bcc in the settings, then put the file back");
        }
        List<Ticket.Payload> payloads = new ArrayList<>();
        for (Companion page : claimed.pages()) {
            payloads.add(payload(page));
        }
        long size = payloads.stream().mapToLong(Ticket.Payload::size).sum();
        Map<String, String> fields =
                new HashMap<>(TextTemplate.fields(shownName(rule, claimed), rule.intake(), now, size));
        fields.putAll(found.fields());
        return new Ticket(
                claimed.queueId(),
                "<" + claimed.queueId() + "@" + gateway + ">",
                now,
                new Ticket.Source(kind, rule.intake(), Shown.line(claimed.name()), ""),
                rule.reversePath(),
                recipients,
                new Ticket.Header(
                        rule.from(),
                        rule.fromName(),
                        found.to(),
                        rule.cc(),
                        rule.replyTo(),
                        TextTemplate.parse(rule.subject()).render(fields),
                        Map.of()),
                TextTemplate.parse(rule.text()).render(fields),
                Optional.empty(),
                payloads,
                rule.priority());
    }

    /** Of several pages, what their names have in common. */
    private static String shownName(IntakeRule rule, Claimed claimed) {
        return rule.pages()
                .filter(pages -> claimed.pages().size() > 1)
                .flatMap(pages -> pages.pattern().read(claimed.name()))
                .map(PagePattern.PageName::base)
                .filter(base -> !base.isBlank())
                .orElse(Shown.line(claimed.name()));
    }

    private static Ticket.Payload payload(Companion page) throws IOException {
        String name = Shown.line(page.name()); // Linux allows line ends in names
        try (InputStream in = open(page.file());
                Digested digested = new Digested(OutputStream.nullOutputStream())) {
            byte[] start = in.readNBytes(ContentTypes.START);
            digested.write(start);
            in.transferTo(digested);
            return new Ticket.Payload(name, ContentTypes.of(name, start), digested.size(), digested.sha256());
        }
    }

    private static InputStream open(Path file) throws IOException {
        return Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }
}
