package org.mailchute.intake;

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
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;

/** A mail request while its keys come in; begins with what the intake's rule says. */
final class RequestDraft {
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

    String correlationId = "";
    Priority priority;
    final Map<String, String> headers = new LinkedHashMap<>();
    final List<Ticket.Payload> payloads = new ArrayList<>();

    RequestDraft(IntakeRule rule) {
        this.rule = rule;
        this.from = rule.from();
        this.replyTo = rule.replyTo().orElse(null);
        this.priority = rule.priority();
    }

    Ticket ticket(QueueId queueId, String gateway, String name, Instant now) throws Refused {
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
        Map<String, String> fields = fields(now);
        String body = body(fields);
        if (body.isEmpty() && html == null && payloads.isEmpty()) {
            throw new Refused("the request has nothing to say", "give text, html or attachments");
        }
        return new Ticket(
                queueId,
                "<" + queueId + "@" + gateway + ">",
                now,
                new Ticket.Source("jms", rule.intake(), id.isEmpty() ? name : id, correlationId),
                from.equals(rule.from()) ? rule.reversePath() : new ReversePath(Optional.of(from)),
                recipients,
                new Ticket.Header(from, shownName(), to, cc, Optional.ofNullable(replyTo), subject(fields), headers),
                body,
                Optional.ofNullable(html),
                payloads,
                priority);
    }

    /** The rule's display name belongs to the rule's address; another sender is not shown under it. */
    private String shownName() {
        if (fromName != null) {
            return fromName;
        }
        return from.equals(rule.from()) ? rule.fromName() : "";
    }

    private String subject(Map<String, String> fields) {
        return subject != null ? subject : TextTemplate.parse(rule.subject()).render(fields);
    }

    private String body(Map<String, String> fields) {
        if (text != null) {
            return text;
        }
        return html != null ? "" : TextTemplate.parse(rule.text()).render(fields);
    }

    private Map<String, String> fields(Instant now) {
        String file = payloads.isEmpty() ? "" : payloads.get(0).fileName();
        long size = payloads.stream().mapToLong(Ticket.Payload::size).sum();
        return TextTemplate.fields(file, rule.intake(), now, size);
    }
}
