package org.mailchute.request;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.intake.IntakeRule;
import org.mailchute.intake.Refused;
import org.mailchute.intake.TextTemplate;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;
import org.mailchute.spool.Wishes;

/** A mail request while its keys come in; begins with what the intake's rule says. */
final class RequestDraft {
    private static final Duration LONGEST_WAIT = Duration.ofDays(366);

    private final IntakeRule rule;
    String id = "";
    MailAddress from;

    @Nullable
    String fromName;

    List<MailAddress> to = List.of();
    List<MailAddress> cc = List.of();
    List<MailAddress> bcc = List.of();

    @Nullable
    MailAddress replyTo;

    @Nullable
    String subject;

    @Nullable
    String text;

    @Nullable
    String html;

    @Nullable
    String template;

    @Nullable
    Instant notBefore;

    @Nullable
    Instant expires;

    Wishes.@Nullable Sender sender;

    String correlationId = "";
    Priority priority;
    final Map<String, String> headers = new LinkedHashMap<>();
    final Map<String, String> fields = new LinkedHashMap<>();
    final List<Ticket.Payload> payloads = new ArrayList<>();

    RequestDraft(IntakeRule rule) {
        this.rule = rule;
        this.from = rule.from();
        this.replyTo = rule.replyTo().orElse(null);
        this.priority = rule.priority();
    }

    Ticket ticket(QueueId queueId, String gateway, String name, Instant now, RequestPlaces places)
            throws IOException, Refused {
        Wishes wishes = wishes(now);
        fillIn(places);
        if (to.isEmpty() && cc.isEmpty() && bcc.isEmpty()) {
            to = rule.to();
            cc = rule.cc();
            bcc = rule.bcc();
        }
        List<ForwardPath> recipients = Stream.of(to, cc, bcc)
                .flatMap(List::stream)
                .map(ForwardPath::new)
                .toList();
        if (recipients.isEmpty()) {
            throw new Refused("the request names no recipient", "give to, cc or bcc");
        }
        Map<String, String> known = known(now);
        String body = body(known);
        if (body.isEmpty() && html == null && payloads.isEmpty()) {
            throw new Refused("the request has nothing to say", "give text, html or attachments");
        }
        return new Ticket(
                queueId,
                "<" + queueId + "@" + gateway + ">",
                now,
                new Ticket.Source(
                        "jms",
                        rule.intake(),
                        id.isEmpty() ? name : id,
                        correlationId,
                        Optional.of(wishes).filter(any -> !any.equals(Wishes.NONE))),
                from.equals(rule.from()) ? rule.reversePath() : new ReversePath(Optional.of(from)),
                recipients,
                new Ticket.Header(from, shownName(), to, cc, Optional.ofNullable(replyTo), subject(known), headers),
                body,
                Optional.ofNullable(html),
                payloads,
                priority,
                Optional.empty());
    }

    private void fillIn(RequestPlaces places) throws IOException, Refused {
        if (template == null) {
            if (!fields.isEmpty()) {
                throw new Refused("the request has fields but no template", "name the template, or leave them out");
            }
            return;
        }
        if (text != null || html != null) {
            throw new Refused("the request has a template and a text", "give template, or text and html");
        }
        Templates.Filled filled = places.allowedTemplates().fill(template, fields);
        subject = subject != null ? subject : filled.subject().orElse(null);
        text = filled.text().orElse(null);
        html = filled.html().orElse(null);
    }

    private Wishes wishes(Instant now) throws Refused {
        if (notBefore != null && notBefore.isAfter(now.plus(LONGEST_WAIT))) {
            throw new Refused("notBefore " + notBefore + " is more than a year from now", "give a time within a year");
        }
        if (expires != null && !expires.isAfter(notBefore == null || notBefore.isBefore(now) ? now : notBefore)) {
            throw new Refused(
                    "the request expired at " + expires + ", before it could leave", "give a later time, or none");
        }
        return new Wishes(
                Optional.ofNullable(notBefore),
                Optional.ofNullable(expires),
                Optional.ofNullable(sender),
                Optional.empty());
    }

    /** The rule's display name belongs to the rule's address; another sender is not shown under it. */
    private String shownName() {
        if (fromName != null) {
            return fromName;
        }
        return from.equals(rule.from()) ? rule.fromName() : "";
    }

    private String subject(Map<String, String> known) {
        return subject != null ? subject : TextTemplate.parse(rule.subject()).render(known);
    }

    private String body(Map<String, String> known) {
        if (text != null) {
            return text;
        }
        return html != null ? "" : TextTemplate.parse(rule.text()).render(known);
    }

    private Map<String, String> known(Instant now) {
        String file = payloads.isEmpty() ? "" : payloads.get(0).fileName();
        long size = payloads.stream().mapToLong(Ticket.Payload::size).sum();
        return TextTemplate.fields(file, rule.intake(), now, size);
    }
}
