package org.mailchute.smtp;

import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.mailchute.credentials.CredentialException;
import org.mailchute.envelope.Envelope;
import org.mailchute.reply.EnhancedStatusCode;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;
import org.mailchute.smtp.Servers.Server;

/** A session with its age: what decides whether it may carry one more message. */
final class KeptSession {
    /** Exchange Online and High Volume Email refuse a token that will end soon, though it is valid still. */
    private static final Set<EnhancedStatusCode> TOKEN_NEAR_ITS_END = Set.of(
            new EnhancedStatusCode(5, 5, 127), new EnhancedStatusCode(5, 7, 142), new EnhancedStatusCode(5, 7, 143));

    private final SmtpPeer peer;
    private final Clock clock;
    private final SmtpTransport transport;
    private final Instant openedAt;
    private Instant usedAt;
    private int messages;

    private KeptSession(SmtpPeer peer, Clock clock, SmtpTransport transport) {
        this.peer = peer;
        this.clock = clock;
        this.transport = transport;
        this.openedAt = clock.instant();
        this.usedAt = openedAt;
    }

    /** Tries one server after the other, until one can be connected to; once more with a fresh token where the kept one has aged. */
    static KeptSession open(SmtpPeer peer, Clock clock) throws SessionFault {
        try {
            return opened(peer, clock);
        } catch (SessionFault fault) {
            boolean aged = fault.stage() == Stage.AUTH
                    && fault.reply()
                            .enhanced()
                            .filter(TOKEN_NEAR_ITS_END::contains)
                            .isPresent();
            if (aged && peer.proof() instanceof SmtpPeer.Proof.OAuth) {
                return opened(peer, clock);
            }
            throw fault;
        }
    }

    private static KeptSession opened(SmtpPeer peer, Clock clock) throws SessionFault {
        SessionLogin login = login(peer);
        SSLContext tls = tls(peer);
        Iterator<Server> servers = servers(peer).iterator();
        while (true) {
            Server server = servers.next();
            SmtpPeer found = peer.at(server.name());
            SmtpTransport transport = new SmtpTransport(
                    found,
                    login,
                    tls,
                    new Wire(clock, server.address(), found.times().reply()));
            try {
                transport.open();
                return new KeptSession(found, clock, transport);
            } catch (SessionFault fault) {
                forget(peer, fault);
                if (fault.stage() != Stage.CONNECT || !servers.hasNext()) {
                    throw fault;
                }
            }
        }
    }

    private static void forget(SmtpPeer peer, SessionFault fault) {
        boolean refused = fault.stage() == Stage.AUTH && fault.reply().code() >= 500;
        if (refused && peer.proof() instanceof SmtpPeer.Proof.OAuth oauth) {
            oauth.tokens().refused();
        }
    }

    private static List<Server> servers(SmtpPeer peer) throws SessionFault {
        try {
            return peer.servers().find();
        } catch (Servers.NotFound e) {
            throw new SessionFault(e.stage(), Reply.none(String.valueOf(e.getMessage())), e);
        }
    }

    /** Files that cannot be used stop the lane as a refused login does, before anything is said to the server. */
    private static SSLContext tls(SmtpPeer peer) throws SessionFault {
        try {
            return peer.sslContext().context();
        } catch (CredentialException e) {
            throw new SessionFault(Stage.AUTH, Reply.none(e.getMessage() + "; " + e.remedy()), e);
        }
    }

    /** Entra being away is like the server being away: it passes, so it must not look like a refused proof. */
    private static SessionLogin login(SmtpPeer peer) throws SessionFault {
        try {
            return SessionLogin.of(peer.proof());
        } catch (CredentialException e) {
            Stage stage = e.transientFault() ? Stage.CONNECT : Stage.AUTH;
            throw new SessionFault(stage, Reply.none(e.getMessage() + "; " + e.remedy()), e);
        }
    }

    List<RecipientReply> send(Envelope envelope, MimeMessage message, OptionalLong size, FinalDot dot) {
        messages++;
        try {
            return new Transmission(transport, envelope, size, message, dot).run();
        } catch (RuntimeException | Error e) {
            transport.lost("the message was broken off");
            throw e;
        } finally {
            usedAt = clock.instant();
        }
    }

    /** What the server said to EHLO where it had to be greeted by HELO. */
    Optional<Reply> heloBecause() {
        return transport.heloBecause();
    }

    /** Whether it may carry one more message. */
    boolean usable() {
        Instant now = clock.instant();
        return transport.usable()
                && messages < peer.times().messages()
                && now.isBefore(openedAt.plus(peer.times().age()))
                && now.isBefore(usedAt.plus(peer.times().idle()));
    }

    /** Whether nothing more can be said over it. */
    boolean broken() {
        return !transport.usable();
    }

    boolean stalled() {
        return transport.wire().stalledFor(peer.times().reply());
    }

    /** Without a goodbye; whoever is writing to it gets an error. */
    void cut() {
        transport.wire().cut();
    }

    /** Without waiting. */
    void quit() {
        transport.quit();
    }

    /** So that another may take its place. */
    void farewell() {
        transport.farewell();
    }
}
