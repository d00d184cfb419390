package org.mailchute.settings;

import java.util.Optional;
import org.mailchute.credentials.AppProof;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.SecretText;
import org.mailchute.envelope.MailAddress;

/** How a lane proves who we are. */
public sealed interface Login {
    /** The mailbox that logs in; empty for none, or for a user name that is no address. */
    default Optional<MailAddress> sendsAs() {
        return Optional.empty();
    }

    /** Who logs in, as far as the server counts; empty where nobody does. */
    default Optional<String> account() {
        return Optional.empty();
    }

    /** By a name: that of a mailbox, or what else the service takes. */
    sealed interface ByName extends Login {
        String user();

        @Override
        default Optional<String> account() {
            return Optional.of(user());
        }

        @Override
        default Optional<MailAddress> sendsAs() {
            try {
                return Optional.of(MailAddress.parse(user()));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /** Direct send, and relay by address. */
    record Anonymous() implements Login {}

    record Password(String user, SecretText password) implements ByName {}

    /** OAuth client credentials. {@code authority} is the cloud's but for a loopback host in tests, with the tenant. */
    record App(String user, String authority, String clientId, AppProof proof, String scope) implements ByName {}

    /** OAuth as a person who signed in with {@code mailchute login}; the sign-in is kept below {@link Settings#home()}. */
    record Delegated(String user, String authority, String clientId, String scope) implements ByName {}

    /** OAuth as the Azure machine we run on; a user-assigned identity has a client id. */
    record ManagedIdentity(String user, Optional<String> clientId, String scope) implements ByName {}

    /** Relay: the whole chain, leaf first, and its key. */
    record ClientCertificate(CertificateFiles files) implements Login {}
}
