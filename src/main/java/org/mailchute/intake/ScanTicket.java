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
import org.mailchute.envelope.MailAddress;
import org.mailchute.formats.Pages;
import org.mailchute.sidecar.Sidecar;
import org.mailchute.sidecar.SidecarTicket;
import org.mailchute.sidecar.UnfitSidecar;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;
import org.mailchute.spool.Ticket;

/**
 * The ticket of a scan: what its sidecar says, where it has one; all else comes from the intake's rule. Its pages are the
 * attachments.
 */
public final class ScanTicket {
    private ScanTicket() {}

    /**
     * @param kind {@code folder}, {@code drop} or {@code ftp}
     * @param gateway our host name, for the Message-ID
     * @param now becomes the Date header field
     * @throws Refused when nobody is known for it
     */
    public static Ticket make(IntakeRule rule, String kind, Claimed claimed, String gateway, Instant now)
            throws IOException, Refused {
        Path lay = Path.of(claimed.subfolder());
        Optional<SidecarTicket> said = said(rule, claimed);
        Addressees found = rule.who().find(said, lay.getName(0).toString(), claimed.name(), rule.to());
        List<MailAddress> cc = with(rule.cc(), said.map(SidecarTicket::cc));
        List<ForwardPath> recipients = Stream.of(found.to(), cc, with(rule.bcc(), said.map(SidecarTicket::bcc)))
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
        if (rule.shows("pages")) {
            fields.put("pages", Pages.shown(claimed.pages(), payloads));
        }
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
                        cc,
                        said.flatMap(SidecarTicket::replyTo).or(rule::replyTo),
                        said.flatMap(SidecarTicket::subject)
                                .orElseGet(
                                        () -> TextTemplate.parse(rule.subject()).render(fields)),
                        Map.of()),
                said.flatMap(SidecarTicket::text)
                        .orElseGet(() -> TextTemplate.parse(rule.text()).render(fields)),
                Optional.empty(),
                payloads,
                rule.priority(),
                Optional.empty());
    }

    /** What the ticket beside the scan says; empty when none came and none must. */
    public static Optional<SidecarTicket> said(IntakeRule rule, Claimed claimed) throws IOException, Refused {
        if (rule.sidecar().isEmpty()) {
            return Optional.empty();
        }
        Sidecar sidecar = rule.sidecar().get();
        if (sidecar.is(claimed.name())) {
            throw Refused.undecided(
                    "\"" + claimed.name() + "\" is a sidecar, and no scan of its name came",
                    "scan again; or put both back together");
        }
        Optional<Companion> file = claimed.sidecar();
        if (file.isEmpty()) {
            if (sidecar.way().required()) {
                throw Refused.undecided(
                        "no sidecar (." + sidecar.way().extension() + ") came with \"" + claimed.name() + "\"",
                        "scan again; or put it back together with one");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(sidecar.read(file.get().file(), file.get().name()));
        } catch (UnfitSidecar e) {
            throw new Refused(e.reason(), e.remedy());
        }
    }

    private static List<MailAddress> with(List<MailAddress> fixed, Optional<List<MailAddress>> said) {
        return Stream.concat(fixed.stream(), said.stream().flatMap(List::stream))
                .distinct()
                .toList();
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
            String type = ContentTypes.of(name, start);
            return new Ticket.Payload(ContentTypes.named(name, type), type, digested.size(), digested.sha256());
        }
    }

    private static InputStream open(Path file) throws IOException {
        return Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }
}
