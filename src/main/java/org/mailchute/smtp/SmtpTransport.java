package org.mailchute.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;

/**
 * One session. Angus Mail connects, says EHLO, turns on TLS and logs in; the transaction is ours ({@link Transaction}).
 * Nothing here throws for what the server does after that: a broken session answers every question with why it broke.
 */
final class SmtpTransport extends SMTPTransport {
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final SmtpPeer peer;
    private final Wire wire;
    private Stage stage = Stage.CONNECT;
    private Reply heard = Reply.none("nothing heard yet");
    private boolean silent;
    private @Nullable Reply broken;

    SmtpTransport(SmtpPeer peer, Login login, SSLContext context, Wire wire) {
        super(
                Session.getInstance(SessionProperties.of(peer, login, context, wire)),
                new URLName("smtp", peer.host(), peer.port(), null, login.user(), null));
        this.peer = peer;
        this.wire = wire;
    }

    /** @throws SessionFault with the stage it failed at */
    synchronized void open(Login login) throws SessionFault {
        OpeningFaults faults = new OpeningFaults(peer, login);
        try {
            connect(peer.host(), peer.port(), login.user(), login.secret());
        } catch (MessagingException e) {
            wire.cut();
            throw faults.fault(stage, heard, silent, supportsExtension("STARTTLS"), e);
        }
        if (silent || (!login.anonymous() && stage != Stage.AUTH)) {
            wire.cut();
            throw silent ? faults.lost(stage) : faults.noAuth();
        }
        stage = Stage.MAIL; // what is heard from now on holds no login
    }

    @Override
    protected void startTLS() throws MessagingException {
        stage = Stage.STARTTLS;
        super.startTLS();
    }

    /** Answers the JSON challenge of a refused XOAUTH2 with an empty line, as Microsoft wants it, to get the reply. */
    @Override
    public synchronized int simpleCommand(String command) throws MessagingException {
        if (command.startsWith("AUTH ")) {
            stage = Stage.AUTH;
        }
        int code = super.simpleCommand(command);
        return code == 334 && command.startsWith("AUTH XOAUTH2 ") ? super.simpleCommand("") : code;
    }

    /** Every reply comes through here, also those that Angus asks for. */
    @Override
    protected int readServerResponse() throws MessagingException {
        stage = stage == Stage.CONNECT ? Stage.GREETING : stage;
        silent = true;
        int code = super.readServerResponse();
        if (code >= 200 && code < 600) {
            silent = false;
            heard = new Reply(code, ReplyText.of(getLastServerResponse(), stage == Stage.AUTH));
        }
        return code;
    }

    /** As {@link #supportsExtension}, RFC 2920. */
    boolean pipelines() {
        return supportsExtension("PIPELINING");
    }

    /** The next reply, or why none will come. */
    synchronized Reply read() {
        if (broken == null) {
            try {
                int code = readServerResponse();
                if (silent) {
                    lost(code == -1 ? peer.host() + " closed the connection" : "not an SMTP reply: " + code);
                } else if (code == 421) {
                    // "closing transmission channel" (RFC 5321 section 4.2.1): it stands for all replies that do not
                    // come
                    broken = heard;
                }
            } catch (MessagingException e) {
                lost(OpeningFaults.sentence(peer, e));
            }
        }
        return Optional.ofNullable(broken).orElse(heard);
    }

    /** Sends lines that each end in CRLF, in one write. */
    synchronized void write(String lines) {
        if (broken == null) {
            try {
                wire.write(lines);
            } catch (IOException e) {
                writeFailed(e);
            }
        }
    }

    /** A server that closes often says why first; else the fault itself is all there is. */
    synchronized void writeFailed(IOException fault) {
        Reply said = read();
        broken = said.code() >= 400 ? said : Reply.none(OpeningFaults.sentence(peer, fault));
    }

    /** How long {@link #read} waits from now on. */
    synchronized void replyTimeout(Duration timeout) {
        try {
            wire.replyTimeout(timeout);
        } catch (IOException e) {
            lost(OpeningFaults.sentence(peer, e));
        }
    }

    /** Marks the session as unfit for another transaction. */
    synchronized void lost(String why) {
        if (broken == null) {
            broken = Reply.none(why);
        }
    }

    boolean usable() {
        return broken == null;
    }

    Wire wire() {
        return wire;
    }

    SmtpPeer peer() {
        return peer;
    }

    /** QUIT; returns when the server has answered, and so no longer counts this session, or after a while. */
    synchronized void farewell() {
        replyTimeout(FAREWELL);
        write("QUIT\r\n");
        read();
        lost("it has ended");
        quit();
    }

    /** QUIT, without waiting for what the server says to it. */
    synchronized void quit() {
        if (broken != null) {
            wire.cut();
        }
        try {
            close();
        } catch (MessagingException e) {
            wire.cut();
        }
    }

    /** Without the login, which Angus keeps in its address and would print. */
    @Override
    public String toString() {
        return "session with " + peer.host() + ":" + peer.port();
    }
}
