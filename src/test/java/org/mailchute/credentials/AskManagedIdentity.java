package org.mailchute.credentials;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A program of its own, because msal4j reads where to ask from the environment. Prints the token, or why there is none. */
final class AskManagedIdentity {
    private AskManagedIdentity() {}

    /** @param arguments seconds to wait; then none for the machine's own identity, or a client id */
    public static void main(String[] arguments) {
        Duration timeout = Duration.ofSeconds(Long.parseLong(arguments[0]));
        Optional<String> clientId = arguments.length == 1 ? Optional.empty() : Optional.of(arguments[1]);
        EntraTokenSource source = EntraTokenSource.managed(
                clientId, "https://outlook.office365.com/.default", timeout, Clock.systemUTC());
        try {
            System.out.println("got " + source.token().reveal());
        } catch (CredentialException e) {
            System.out.println("refused " + e.getMessage() + " transient=" + e.transientFault());
        }
        System.exit(0);
    }
}
