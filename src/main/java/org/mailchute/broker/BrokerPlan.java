package org.mailchute.broker;

import java.nio.file.Path;
import java.util.Optional;
import org.mailchute.border.Acceptor;
import org.mailchute.credentials.SecretText;

/**
 * The broker: embedded below home when {@code url} and {@code factory} are empty.
 *
 * @param trust PEM file of authorities to trust as well as Java's; with it the connection is by TLS
 * @param factory any JMS 3 broker's connection factory, instead of the URL of an Artemis
 * @param accept a port of the embedded broker; empty for none
 */
public record BrokerPlan(
        Optional<String> url,
        Optional<String> user,
        Optional<SecretText> password,
        Optional<Path> trust,
        Optional<AnyBroker.Factory> factory,
        Optional<Acceptor> accept) {
    /** @param accept its port; empty for none */
    public static BrokerPlan embedded(Optional<Acceptor> accept) {
        return new BrokerPlan(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), accept);
    }

    /** Not inside this process. */
    public boolean elsewhere() {
        return url.isPresent() || factory.isPresent();
    }
}
