package org.mailchute.graph;

import java.net.URI;
import java.util.Optional;
import org.mailchute.credentials.HttpsProxy;
import org.mailchute.credentials.TlsSource;
import org.mailchute.credentials.TokenSource;
import org.mailchute.smtp.SmtpPeer;
import org.mailchute.smtp.SmtpPeer.Proof;
import org.mailchute.smtp.SmtpPeer.Times;

/**
 * The mailbox that sends, and how it is reached.
 *
 * @param host connected to, and the name its certificate must carry
 * @param port 1 to 65535
 * @param mailbox its address
 * @param tls whom to trust; asked for each client
 * @param proxy between; empty for none
 * @param times how long is waited: to connect, for each answer, for the one that says accepted; and how long a client is kept
 */
public record GraphMailbox(
        String host,
        int port,
        String mailbox,
        TokenSource tokens,
        TlsSource tls,
        Optional<HttpsProxy> proxy,
        Times times) {
    /** That of a lane which logs in by OAuth. */
    public static GraphMailbox of(SmtpPeer peer, Optional<HttpsProxy> proxy) {
        Proof.OAuth proof = (Proof.OAuth) peer.proof();
        return new GraphMailbox(
                peer.host(), peer.port(), proof.mailbox(), proof.tokens(), peer.sslContext(), proxy, peer.times());
    }

    /** @param path below the mailbox, such as {@code /sendMail} */
    URI at(String path) {
        String address = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return URI.create("https://" + address + ":" + port + "/v1.0/users/" + Http.segment(mailbox) + path);
    }
}
