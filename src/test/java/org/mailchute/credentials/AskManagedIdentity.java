package org.mailchute.credentials;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Scanner;
import java.util.stream.Stream;

/**
 * A program of its own, because msal4j reads where to ask from the environment. Reads a question a line: milliseconds to wait, how
 * often to ask; then nothing for the machine's own identity, or a client id. Prints the token, or why there is none.
 */
final class AskManagedIdentity {
    static final String DONE = "done";

    private AskManagedIdentity() {}

    public static void main(String[] arguments) {
        Scanner questions = new Scanner(System.in, StandardCharsets.UTF_8);
        while (questions.hasNextLine()) {
            String[] question = questions.nextLine().split(" ");
            EntraTokenSource source = EntraTokenSource.managed(
                    Stream.of(question).skip(2).findFirst(),
                    "https://outlook.office365.com/.default",
                    Duration.ofMillis(Long.parseLong(question[0])),
                    Clock.systemUTC());
            for (int asked = 0; asked < Integer.parseInt(question[1]); asked++) {
                System.out.println(patientAnswer(source));
            }
            System.out.println(DONE);
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
