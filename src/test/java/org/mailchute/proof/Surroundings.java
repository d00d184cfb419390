package org.mailchute.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mailchute.testing.FreePort;

/**
 * What lies outside of a gateway's home.
 *
 * @param sections of its settings: broker, cluster
 * @param broker where applications publish
 * @param password of {@code billing} there
 * @param messagesPerMinute of the mailbox, 0 for no limit
 * @param isSwept whether the start removes from the spool what a kill left there that no queue knows; a broker elsewhere is not asked
 */
record Surroundings(String sections, String broker, String password, int messagesPerMinute, boolean isSwept) {
    /** Nothing: the broker is inside. */
    static Surroundings none(Path root) throws IOException {
        int port = FreePort.number();
        Path secret = Files.writeString(root.resolve("billing"), Premises.SECRET);
        return new Surroundings(
                "broker: {accept: {port: %d, protocols: [core, amqp], users: [{name: billing, password: \"${file:%s}\", maySend: [mail.requests]}]}}"
                        .formatted(port, secret),
                "tcp://127.0.0.1:" + port,
                Premises.SECRET,
                0,
                true);
    }
}
