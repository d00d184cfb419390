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
        return sendsAs().map(MailAddress::toString);
    }

    /** As a mailbox. */
    sealed interface AsMailbox extends Login {
        MailAddress mailbox();

        @Override
        default Optional<MailAddress> sendsAs() {
            return Optional.of(mailbox());
        }
    }

    /** Direct send, and relay by address. */
    record Anonymous() implements Login {}

    /** User name and password (Microsoft: off by default from the end of December 2026). */
    record Password(String user, SecretText password) implements Login {
        @Override
        public Optional<String> account() {
            return Optional.of(user);
        }

        @Override
        public Optional<MailAddress> sendsAs() {
            try {
                return Optional.of(MailAddress.parse(user));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /** OAuth client credentials. {@code authority} is the cloud's but for a loopback host in tests, with the tenant. */
    record App(MailAddress mailbox, String authority, String clientId, AppProof proof, String scope)
            implements AsMailbox {}

    /** OAuth as a person who signed in with {@code mailchute login}; the sign-in is kept below {@link Settings#home()}. */
    record Delegated(MailAddress mailbox, String authority, String clientId, String scope) implements AsMailbox {}

    /** OAuth as the Azure machine we run on; a user-assigned identity has a client id. */
    record ManagedIdentity(MailAddress mailbox, Optional<String> clientId, String scope) implements AsMailbox {}

    /** Relay: the whole chain, leaf first, and its key. */
    record ClientCertificate(CertificateFiles files) implements Login {}
}
