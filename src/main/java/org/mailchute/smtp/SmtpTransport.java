package org.mailchute.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;

/**
 * One session. Angus Mail connects, says EHLO, turns on TLS and logs in; the transaction is ours ({@link Transmission}).
 * Nothing here throws for what the server does after that: a broken session answers every question with why it broke.
 */
final class SmtpTransport extends SMTPTransport {
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    /** The command is not known, or not implemented: the server may be older than EHLO (RFC 5321 section 3.2). */
    private static final Set<Integer> KNOWS_NO_EHLO = Set.of(500, 502, 504);

    private final SmtpPeer peer;
    private final SessionLogin login;
    private final Wire wire;
    private final OpeningFaults faults;
    private Stage stage = Stage.CONNECT;
    private List<String> lines = List.of();
    private Reply heard = Reply.none("nothing heard yet");
    private Offers offers = Offers.NONE;
    private boolean greeted;
    private boolean secured;
    private @Nullable Reply heloBecause;
    private @Nullable Reply broken;

    SmtpTransport(SmtpPeer peer, SessionLogin login, SSLContext context, Wire wire) {
        super(
                Session.getInstance(SessionProperties.of(peer, login, context, wire)),
                new URLName("smtp", peer.host(), peer.port(), null, login.user(), null));
        this.peer = peer;
        this.login = login;
        this.wire = wire;
        this.faults = new OpeningFaults(peer, login);
    }

    /** @throws SessionFault with the stage it failed at */
    synchronized void open() throws SessionFault {
        try {
            connect(peer.host(), peer.port(), login.user(), login.secret());
        } catch (MessagingException e) {
            wire.cut();
            throw fault(e);
        }
        if (!login.anonymous() && stage != Stage.AUTH) {
            wire.cut();
            throw faults.noAuth();
        }
        stage = Stage.MAIL; // what is heard from now on holds no login
    }

    /** What Angus Mail does not throw for something that broke or was refused, it throws for what is not offered. */
    private SessionFault fault(MessagingException e) {
        if (OpeningFaults.broke(e)) {
            return faults.lost(stage, e);
        }
        boolean tls = SessionProperties.demanded(peer, login) == SmtpPeer.Tls.REQUIRED;
        if (tls && !secured && (heloBecause != null || greeted && !offers.has("STARTTLS"))) {
            return faults.noTls(heloBecause());
        }
        boolean mayLogIn = greeted && (secured || stage == Stage.GREETING);
        if (mayLogIn && !login.anonymous() && stage != Stage.AUTH) {
            return faults.noAuth();
        }
        return new SessionFault(stage, heard, e);
    }

    /** After STARTTLS the server offers what it says then, and nothing of before (RFC 3207 section 4.2). */
    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        greeted = false;
        offers = Offers.NONE;
        sendCommand("EHLO " + domain);
        int code = readServerResponse();
        greeted = code == 250;
        if (greeted) {
            offers = Offers.of(lines);
        } else if (secured || !KNOWS_NO_EHLO.contains(code)) {
            throw new MessagingException("EHLO refused");
        }
        return greeted;
    }

    /** For servers older than EHLO; without it there is no STARTTLS. */
    @Override
    protected void helo(String domain) throws MessagingException {
        heloBecause = heard;
        if (SessionProperties.demanded(peer, login) == SmtpPeer.Tls.REQUIRED) {
            throw new MessagingException("no STARTTLS without EHLO");
        }
        super.helo(domain);
        greeted = true;
    }

    /** What the server said to EHLO where it had to be greeted by HELO. */
    Optional<Reply> heloBecause() {
        return Optional.ofNullable(heloBecause);
    }

    @Override
    public boolean supportsExtension(String extension) {
        return offers.has(extension);
    }

    @Override
    protected boolean supportsAuthentication(String mechanism) {
        return offers.login(mechanism);
    }

    @Override
    protected void startTLS() throws MessagingException {
        stage = Stage.STARTTLS;
        super.startTLS();
        secured = true;
    }

    /** Answers the JSON challenge of a refused XOAUTH2 with an empty line, as Microsoft wants it, to get the reply. */
    @Override
    public synchronized int simpleCommand(String command) throws MessagingException {
        if (command.startsWith("AUTH ")) {
            stage = Stage.AUTH;
        }
        int code = super.simpleCommand(command);
        if (code == 530 && stage == Stage.AUTH) {
            throw new MessagingException("Angus would say STARTTLS now, whatever the lane demands");
        }
        return code == 334 && command.startsWith("AUTH XOAUTH2 ") ? super.simpleCommand("") : code;
    }

    /** Every reply comes through here, also those that Angus asks for, and each is whole. */
    @Override
    protected int readServerResponse() throws MessagingException {
        stage = stage == Stage.CONNECT ? Stage.GREETING : stage;
        try {
            lines = wire.reply();
            int code = code(lines.get(0));
            heard = new Reply(code, ReplyText.of(lines, stage == Stage.AUTH));
            return code;
        } catch (IOException e) {
            throw new MessagingException("no reply", e);
        }
    }

    private static int code(String line) throws ProtocolException {
        if (!line.matches("[2-5]\\d\\d([ -].*)?")) {
            throw new ProtocolException("not an SMTP reply");
        }
        return Integer.parseInt(line.substring(0, 3));
    }

    /** The next reply, or why none will come. */
    synchronized Reply read() {
        if (broken == null) {
            try {
                if (readServerResponse() == 421) {
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
    void replyTimeout(Duration timeout) {
        wire.replyTimeout(timeout);
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
