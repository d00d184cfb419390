package org.mailchute.smtp;

import jakarta.mail.MessagingException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.mailchute.credentials.Causes;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;

/** Turns what Angus Mail throws into a stage and a reply, or a sentence where there was no reply. */
record OpeningFaults(SmtpPeer peer, SessionLogin login) {
    /** The connection broke, or what came over it was no reply. */
    SessionFault lost(Stage stage, MessagingException e) {
        return new SessionFault(retryable(stage), Reply.none(sentence(peer, e)), e);
    }

    /** @param said in which STARTTLS was not offered; empty for an EHLO that was accepted */
    SessionFault noTls(Optional<Reply> said) {
        String ehlo = said.map(reply -> ", which answers EHLO with " + reply).orElse("");
        return new SessionFault(Stage.STARTTLS, Reply.none("STARTTLS not offered by " + peer.host() + ehlo));
    }

    SessionFault noAuth() {
        return new SessionFault(
                Stage.AUTH,
                Reply.none("AUTH " + login.mechanisms().replace(" ", " or ") + " not offered by " + peer.host()));
    }

    /** Whether something broke, and it was not the server that refused. */
    static boolean broke(MessagingException e) {
        return Causes.include(e, IOException.class);
    }

    /** A connection that breaks during AUTH says nothing about the proof, so it must not look like a refused one. */
    private static Stage retryable(Stage stage) {
        return stage == Stage.AUTH ? Stage.CONNECT : stage;
    }

    /** What happened between us and the server, for a help desk. */
    static String sentence(SmtpPeer peer, Throwable thrown) {
        Throwable root = Causes.root(thrown);
        String at = peer.host() + ":" + peer.port();
        if (Causes.include(thrown, CertificateException.class)
                || Causes.include(thrown, CertPathValidatorException.class)) {
            return "certificate of " + at + " not accepted: " + root.getMessage();
        }
        if (Causes.include(thrown, UnknownHostException.class)) {
            return "no address known for " + peer.host();
        }
        if (Causes.include(thrown, SocketTimeoutException.class)) {
            return "no answer from " + at + " in time: " + root.getMessage();
        }
        if (Causes.include(thrown, EOFException.class)) {
            return peer.host() + " closed the connection";
        }
        if (Causes.include(thrown, ProtocolException.class)) {
            return "what " + at + " says is no SMTP reply";
        }
        if (Causes.include(thrown, ConnectException.class)) {
            return "no connection to " + at + ": " + root.getMessage();
        }
        if (Causes.include(thrown, SSLException.class)) {
            return "TLS with " + at + " failed: " + root.getMessage();
        }
        return "connection to " + at + " lost: " + root.getMessage();
    }
}
