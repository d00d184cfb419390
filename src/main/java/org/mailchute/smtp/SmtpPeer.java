package org.mailchute.smtp;

import java.time.Duration;
import java.util.Optional;
import org.mailchute.credentials.SecretText;
import org.mailchute.credentials.TlsSource;
import org.mailchute.credentials.TokenSource;

/**
 * All a session needs to know of the server at the other end.
 *
 * @param host connected to and, with TLS, the name its certificate must carry
 * @param port 1 to 65535
 * @param servers where it is found, tried one after the other
 * @param ehloName our own fully qualified name, never the destination's (reply 5.7.506)
 * @param tls whether STARTTLS must, may or must not be used
 * @param sslContext asked for each session: trust store, and the client certificate where the connector asks for one
 * @param proof who we say we are
 * @param sourceAddress local address to bind, for connectors that know us by it; empty for any
 * @param times how long its sessions wait and last
 */
public record SmtpPeer(
        String host,
        int port,
        Servers servers,
        String ehloName,
        Tls tls,
        TlsSource sslContext,
        Proof proof,
        Optional<String> sourceAddress,
        Times times) {

    /** The same under the name of one of its servers. */
    SmtpPeer at(String name) {
        return new SmtpPeer(name, port, servers, ehloName, tls, sslContext, proof, sourceAddress, times);
    }

    /**
     * How long sessions wait and last.
     *
     * @param connect time-out of the connection
     * @param reply for each reply but the last; RFC 5321 4.5.3.2 wants 5 minutes
     * @param finalReply for the reply to the final dot; RFC 5321 4.5.3.2.6 wants 10 minutes
     * @param messages transactions in one session before it is closed
     * @param age at which a session is closed (Exchange Online cuts at about 20 minutes)
     * @param idle time after which a kept session is closed
     */
    public record Times(
            Duration connect, Duration reply, Duration finalReply, int messages, Duration age, Duration idle) {
        /** The same for somebody who waits for it. */
        public Times within(Duration timeout) {
            return new Times(timeout, timeout, timeout, messages, age, idle);
        }
    }

    /** STARTTLS (RFC 3207), always TLS 1.2 or newer. */
    public enum Tls {
        /** Without it nothing is sent; host name and chain are checked. */
        REQUIRED,
        /** Used where offered, host name and chain not checked (RFC 7435): what an MX host expects of direct send. */
        OPTIONAL,
        /** For loopback and tests. */
        NONE
    }

    /** How we prove who we are. */
    public sealed interface Proof {
        /** Direct send; relay by address; relay by client certificate, which the SSL context holds. */
        record Anonymous() implements Proof {}

        /** AUTH LOGIN or PLAIN. */
        record Password(String user, SecretText password) implements Proof {}

        /** AUTH XOAUTH2 as this mailbox. */
        record OAuth(String mailbox, TokenSource tokens) implements Proof {}
    }
}
