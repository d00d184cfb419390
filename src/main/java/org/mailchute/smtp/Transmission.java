package org.mailchute.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.mailchute.envelope.Envelope;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;

/** MAIL, RCPT for each recipient, DATA and the final dot: one message over one session. */
final class Transmission {
    private final SmtpTransport transport;
    private final Envelope envelope;
    private final MimeMessage message;
    private final FinalDot dot;
    private final Pipeline pipeline;

    /** @param dot told when the final dot leaves, and what the server says to it */
    Transmission(SmtpTransport transport, Envelope envelope, OptionalLong size, MimeMessage message, FinalDot dot) {
        this.transport = transport;
        this.envelope = envelope;
        this.message = message;
        this.dot = dot;
        this.pipeline = new Pipeline(transport, commands(size));
    }

    private List<String> commands(OptionalLong size) {
        List<String> commands = new ArrayList<>();
        // RFC 1870 section 6.1
        String parameter = size.isPresent() && transport.supportsExtension("SIZE") ? " SIZE=" + size.getAsLong() : "";
        commands.add("MAIL FROM:<" + envelope.reversePath() + ">" + parameter + (eightBit() ? " BODY=8BITMIME" : ""));
        envelope.forwardPaths().forEach(path -> commands.add("RCPT TO:<" + path + ">"));
        commands.add("DATA");
        return commands;
    }

    /** Composed messages are 7-bit always, ready-made ones may not be. */
    private boolean eightBit() {
        try {
            return "8bit".equals(message.getEncoding());
        } catch (MessagingException e) {
            throw unreadable(e);
        }
    }

    /**
     * @throws UncheckedIOException when the message itself cannot be read; the server then has got no final dot
     * @throws FinalDot.NotNoted likewise
     */
    List<RecipientReply> run() {
        if (eightBit() && !transport.supportsExtension("8BITMIME")) {
            Reply refusal =
                    Reply.none("not sent: it is an 8-bit message, which this server does not offer to take (RFC 6152)");
            return answer(envelope.forwardPaths(), Stage.MAIL, refusal);
        }
        Reply mail = pipeline.next();
        if (!done(mail)) {
            pipeline.abandon();
            return answer(envelope.forwardPaths(), Stage.MAIL, mail);
        }
        List<RecipientReply> replies = new ArrayList<>();
        envelope.forwardPaths().forEach(path -> replies.add(new RecipientReply(path, Stage.RCPT, pipeline.next())));
        if (replies.stream().noneMatch(accepted())) {
            pipeline.abandon();
            return replies;
        }
        RecipientReply last = data(replies.stream().filter(accepted().negate()).toList());
        replies.replaceAll(reply ->
                accepted().test(reply) ? new RecipientReply(reply.recipient(), last.stage(), last.reply()) : reply);
        return replies;
    }

    private RecipientReply data(List<RecipientReply> refused) {
        ForwardPath anyone = envelope.forwardPaths().get(0);
        Reply data = pipeline.next();
        if (data.code() != 354) {
            pipeline.abandon();
            return new RecipientReply(anyone, Stage.DATA, data);
        }
        BodyStream body = new BodyStream(transport.wire().body());
        if (!written(body)) {
            return new RecipientReply(anyone, Stage.DATA, transport.read());
        }
        return new RecipientReply(anyone, Stage.END_OF_DATA, end(body, refused));
    }

    /** All but the final dot. */
    private boolean written(BodyStream body) {
        try {
            message.writeTo(body);
            return true;
        } catch (IOException | MessagingException e) {
            transport.writeFailed(body.wireFault().orElseThrow(() -> unreadable(e)));
            return false;
        }
    }

    private static UncheckedIOException unreadable(Exception e) {
        return new UncheckedIOException("the message could not be read: " + e.getMessage(), new IOException(e));
    }

    /** From here on silence is ambiguous: a write that fails may still have carried the dot. */
    private Reply end(BodyStream body, List<RecipientReply> refused) {
        SmtpPeer peer = transport.peer();
        note(refused);
        transport.replyTimeout(peer.times().finalReply());
        try {
            body.finish();
        } catch (IOException e) {
            transport.writeFailed(e);
        }
        Reply reply = transport.read();
        if (reply.code() != Reply.NO_REPLY) {
            dot.answered(reply);
        }
        transport.replyTimeout(peer.times().reply());
        return reply;
    }

    private void note(List<RecipientReply> refused) {
        try {
            dot.leaves(refused);
        } catch (IOException e) {
            throw new FinalDot.NotNoted(e);
        }
    }

    private static List<RecipientReply> answer(List<ForwardPath> paths, Stage stage, Reply reply) {
        return paths.stream()
                .map(path -> new RecipientReply(path, stage, reply))
                .toList();
    }

    private static Predicate<RecipientReply> accepted() {
        return reply -> done(reply.reply());
    }

    private static boolean done(Reply reply) {
        return reply.code() >= 200 && reply.code() < 300;
    }
}
