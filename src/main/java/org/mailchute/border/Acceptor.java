package org.mailchute.border;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.SecretText;

/**
 * A port of the embedded broker, for applications outside of this process.
 *
 * @param bind an IP address of this machine; others than loopback only with TLS
 * @param port 0 takes any free one
 * @param protocols {@code CORE} (Artemis' own clients), {@code AMQP} (AMQP 1.0, any language)
 * @param certificate whom clients see; empty for no TLS
 * @param maxMessageBytes largest message a user may send
 * @param users who may come in
 */
public record Acceptor(
        String bind,
        int port,
        List<Protocol> protocols,
        Optional<CertificateFiles> certificate,
        long maxMessageBytes,
        List<User> users) {

    /** Constants by Artemis' names. */
    public enum Protocol {
        CORE,
        AMQP
    }

    /**
     * An application.
     *
     * @param maySend queues of mail requests
     * @param mayRead queues of its own, for answers; it always may read temporary queues that it made
     */
    public record User(String name, SecretText password, Set<String> maySend, Set<String> mayRead) {}

    /** The queues that exist only to be read by users. */
    public Stream<String> answers() {
        return users.stream().flatMap(user -> user.mayRead().stream()).distinct();
    }
}
