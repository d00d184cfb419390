package org.mailchute.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.mailchute.credentials.TlsContexts;
import org.mailchute.envelope.Envelope;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.ReversePath;
import org.mailchute.reply.Reply;
import org.mailchute.smtp.SmtpPeer.Proof;
import org.mailchute.smtp.SmtpPeer.Tls;
import org.mailchute.testing.Patience;

/** Peers, envelopes and messages for the tests of this room. */
final class TestPeer {
    private TestPeer() {}

    static SmtpPeer plain(int port) {
        return plain(port, new Proof.Anonymous());
    }

    static SmtpPeer plain(int port, Proof proof) {
        try {
            return of("127.0.0.1", port, Tls.NONE, SSLContext.getDefault(), proof);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static SmtpPeer of(String host, int port, Tls tls, SSLContext context, Proof proof) {
        return of(host, port, tls, context, proof, Duration.ofMinutes(1));
    }

    /** One whose sessions may lie idle so long. */
    static SmtpPeer idling(int port, Duration idle) {
        return of("127.0.0.1", port, Tls.NONE, TlsContexts.trustingAll(), new Proof.Anonymous(), idle);
    }

    /** One that is connected to from this local address. */
    static SmtpPeer from(String address, int port) {
        SSLContext context = TlsContexts.trustingAll();
        Duration idle = Duration.ofMinutes(1);
        return of("127.0.0.1", port, Tls.NONE, context, new Proof.Anonymous(), idle, Optional.of(address));
    }

    /** One that is found at these servers. */
    static SmtpPeer at(Servers servers, int port) {
        SmtpPeer peer = plain(port);
        return like(
                peer,
                "mail.contoso.com",
                servers,
                peer.times().finalReply(),
                peer.times().messages());
    }

    /** One whose sessions end by number only after so many messages. */
    static SmtpPeer lasting(int port, int messages) {
        SmtpPeer peer = plain(port);
        return like(peer, peer.host(), peer.servers(), peer.times().finalReply(), messages);
    }

    /** One whose final reply is not waited for, because it never comes. */
    static SmtpPeer silent(int port) {
        SmtpPeer peer = plain(port);
        return like(
                peer,
                peer.host(),
                peer.servers(),
                Duration.ofMillis(200),
                peer.times().messages());
    }

    private static SmtpPeer like(SmtpPeer peer, String host, Servers servers, Duration finalReply, int messages) {
        return new SmtpPeer(
                host,
                peer.port(),
                servers,
                peer.ehloName(),
                peer.tls(),
                peer.sslContext(),
                peer.proof(),
                peer.sourceAddress(),
                new SmtpPeer.Times(
                        peer.times().connect(),
                        peer.times().reply(),
                        finalReply,
                        messages,
                        peer.times().age(),
                        peer.times().idle()));
    }

    private static SmtpPeer of(String host, int port, Tls tls, SSLContext context, Proof proof, Duration idle) {
        return of(host, port, tls, context, proof, idle, Optional.empty());
    }

    private static SmtpPeer of(
            String host,
            int port,
            Tls tls,
            SSLContext context,
            Proof proof,
            Duration idle,
            Optional<String> sourceAddress) {
        return new SmtpPeer(
                host,
                port,
                Servers.of(host, false),
                "gateway.contoso.com",
                tls,
                () -> context,
                proof,
                sourceAddress,
                new SmtpPeer.Times(
                        Patience.LONGEST, Patience.LONGEST, Patience.LONGEST, 3, Duration.ofMinutes(10), idle));
    }

    static Envelope to(String... recipients) {
        return new Envelope(
                ReversePath.parse("scanner@contoso.com"),
                Stream.of(recipients).map(ForwardPath::parse).toList());
    }

    static MimeMessage message(String body) {
        String text = "Message-ID: <1@contoso.com>\r\nSubject: scan\r\n\r\n" + body;
        try {
            return new MimeMessage(null, new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends it, noted nowhere. */
    static List<RecipientReply> send(SessionPool pool, Envelope envelope, MimeMessage message) {
        return send(pool, envelope, message, () -> {});
    }

    /** As {@link #send(SessionPool, Envelope, MimeMessage)}, when it may. */
    static List<RecipientReply> send(SessionPool pool, Envelope envelope, MimeMessage message, Runnable beforeMail) {
        return pool.send(envelope, message, OptionalLong.empty(), beforeMail, new FinalDot() {
            @Override
            public void leaves(List<RecipientReply> refused) {}

            @Override
            public void answered(Reply reply) {}
        });
    }

    /** Such as {@code ann@contoso.com RCPT 550 5.1.1 unknown}. */
    static List<String> lines(List<RecipientReply> replies) {
        return replies.stream()
                .map(reply -> reply.recipient() + " " + reply.stage() + " " + reply.reply())
                .toList();
    }
}
