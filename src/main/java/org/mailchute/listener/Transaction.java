package org.mailchute.listener;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.smtpserver.DotContent;
import org.mailchute.smtpserver.Lines;
import org.slf4j.event.Level;

/** MAIL, RCPT and DATA of one session (RFC 5321 section 3.3); one transaction at a time. */
final class Transaction {
    private final ListenerPlan plan;
    private final Lobby lobby;
    private final Client client;
    private @Nullable Mail mail;

    Transaction(Lobby lobby, Client client) {
        this.plan = lobby.plan();
        this.lobby = lobby;
        this.client = client;
    }

    boolean begun() {
        return mail != null;
    }

    void reset() {
        mail = null;
    }

    /** @return the reply */
    String mail(String rest) throws PathArgument.Bad {
        if (mail != null) {
            throw new PathArgument.Bad(Refusal.COMMAND, "503 5.5.1 One MAIL at a time");
        }
        PathArgument path = PathArgument.parse("FROM", rest);
        client.sendsAs(path.address());
        if (client.known() || lobby.host().learning().isEmpty()) {
            client.mustBeKnown();
            sender(path);
        }
        mail = new Mail(new ReversePath(path.address()));
        return "250 2.1.0 Ok";
    }

    private void sender(PathArgument path) throws PathArgument.Bad {
        path.checkMail(plan.maxMessageBytes());
        if (path.address().isEmpty() && !plan.nullSender()) {
            throw new PathArgument.Bad(Refusal.SENDER, "550 5.7.1 A sender is needed: set one in the device");
        }
        if (path.address().isPresent()) {
            refused(Refusal.SENDER, lobby.host().policy().sender(path.address().get()));
        }
    }

    private static void refused(Refusal why, Optional<String> reason) throws PathArgument.Bad {
        if (reason.isPresent()) {
            throw new PathArgument.Bad(why, "550 5.7.1 " + Printable.reply(reason.get()));
        }
    }

    /** @return the reply */
    String recipient(String rest) throws PathArgument.Bad {
        Mail now = mail;
        if (now == null) {
            throw new PathArgument.Bad(Refusal.COMMAND, "503 5.5.1 MAIL first");
        }
        PathArgument path = PathArgument.parse("TO", rest);
        path.checkRecipient();
        MailAddress recipient = path.address().orElseThrow();
        if (!client.known()) {
            client.refused(recipient);
        }
        client.mustBeKnown();
        if (now.recipients() >= plan.maxRecipients()) {
            throw new PathArgument.Bad(
                    Refusal.RECIPIENT, "452 4.5.3 " + plan.maxRecipients() + " recipients at a time");
        }
        refused(Refusal.RECIPIENT, lobby.host().policy().recipient(recipient));
        now.add(new ForwardPath(recipient));
        return "250 2.1.5 Ok";
    }

    /** Takes the content; its outcome, or what speaks against it, is the reply. */
    String data(String rest, Lines lines) throws IOException, PathArgument.Bad {
        Mail now = mail;
        if (now == null || !rest.isEmpty()) {
            throw new PathArgument.Bad(
                    Refusal.COMMAND, now == null ? "503 5.5.1 MAIL first" : "501 5.5.4 DATA takes nothing behind it");
        }
        if (now.recipients() == 0) {
            throw new PathArgument.Bad(Refusal.COMMAND, "554 5.5.1 No valid recipients");
        }
        mail = null;
        return take(now, lines);
    }

    private String take(Mail now, Lines lines) throws IOException {
        Handover.Draft draft;
        try {
            draft = lobby.host().handover().open();
        } catch (IOException e) {
            lobby.tell(
                    Level.ERROR,
                    InetAddress.getLoopbackAddress(), // whoever sends
                    "unwritable",
                    "no message can be written: " + e.getMessage());
            return later("452 4.3.1 No room now, try again later");
        }
        DotContent content = new DotContent(lines::next, draft.content(), plan.maxMessageBytes());
        boolean whole = false;
        try {
            lines.say("354 End with a dot on a line of its own");
            content.copy(lines.endedWithLoneLf());
            whole = !content.tooLarge() && !content.unwritten();
        } finally {
            if (!whole) {
                draft.drop();
            }
        }
        return whole ? answer(draft.hand(now.envelope(), client.toString(), content.dotsDoubled())) : unfit(content);
    }

    private String unfit(DotContent content) {
        if (content.tooLarge()) {
            lobby.refusals().count(Refusal.SIZE);
            return "552 5.3.4 The message is larger than " + plan.maxMessageBytes() + " octets";
        }
        return later("452 4.3.1 No room now, try again later");
    }

    private String later(String reply) {
        lobby.refusals().count(Refusal.LATER);
        return reply;
    }

    private String answer(Handover.Answer answer) {
        if (answer instanceof Handover.Answer.Queued queued) {
            return "250 2.0.0 Queued as " + queued.queueId();
        }
        return answer instanceof Handover.Answer.Refused refused
                ? "554 5.7.1 " + Printable.reply(refused.reason())
                : later("451 4.3.0 Cannot be stored now, try again later");
    }
}
