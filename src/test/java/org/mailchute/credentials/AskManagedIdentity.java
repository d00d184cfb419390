package org.mailchute.credentials;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A program of its own, because msal4j reads where to ask from the environment. Prints the token, or why there is none. */
final class AskManagedIdentity {
    private AskManagedIdentity() {}

    /** @param arguments milliseconds to wait, how often to ask; then none for the machine's own identity, or a client id */
    public static void main(String[] arguments) {
        Duration timeout = Duration.ofMillis(Long.parseLong(arguments[0]));
        Optional<String> clientId = arguments.length == 2 ? Optional.empty() : Optional.of(arguments[2]);
        EntraTokenSource source = EntraTokenSource.managed(
                clientId, "https://outlook.office365.com/.default", timeout, Clock.systemUTC());
        for (int asked = 0; asked < Integer.parseInt(arguments[1]); asked++) {
            System.out.println(patientAnswer(source));
        }
        System.exit(0);
    }

    private static String patientAnswer(EntraTokenSource source) {
        String said = answer(source);
        // a machine that was too slow for its first request: the lane asks again, too
        for (int tries = 1; tries < 100 && said.contains("cannot be reached in time"); tries++) {
            said = answer(source);
        }
        return said;
    }

    private static String answer(EntraTokenSource source) {
        try {
            return "got " + source.token().reveal();
        } catch (CredentialException e) {
            return "refused " + e.getMessage() + " remedy=" + e.remedy() + " transient=" + e.transientFault();
        }
    }
}
