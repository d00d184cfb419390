package org.mailchute.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mailchute.deferred.Places;

/** What in the address settings of a broker elsewhere would lose, repeat or hurry mail, one line each. */
final class ArtemisAdvice {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEFAULT_ATTEMPTS = 10;

    private ArtemisAdvice() {}

    static Set<String> on(ArtemisSession session, List<String> queues) {
        Set<String> advice = new LinkedHashSet<>();
        try {
            for (String queue : queues) {
                if (session.vanishes(queue)) {
                    advice.add("the broker removes the queue " + queue + " whenever it is empty (auto-delete)");
                }
                if (Places.isOne(queue)) {
                    advice.addAll(ofWaiting(JSON.readTree(session.addressSettings(queue))));
                } else if (Queues.isOurs(queue)) {
                    advice.addAll(of(JSON.readTree(session.addressSettings(queue))));
                } else if (deadLetters(JSON.readTree(session.addressSettings(queue)))
                        .isEmpty()) {
                    advice.add("the broker has no dead letter address for " + queue
                            + ": a request that cannot be read ten times is thrown away");
                }
            }
            if (!session.remembersDuplicates()) {
                advice.add(
                        "the broker forgets duplicate ids when it restarts (persist-id-cache): a crash may repeat mail");
            }
        } catch (Exception e) {
            advice.add("the broker does not tell its address settings (the user may need \"manage\" for"
                    + " activemq.management): " + e.getMessage());
        }
        return advice;
    }

    private static String deadLetters(JsonNode settings) {
        String older = settings.path("DLA").asText(""); // so it is called in 2.28 and 2.31
        return settings.path("deadLetterAddress").asText(older);
    }

    /** @param settings of an address where deliveries wait for a later time or their lane */
    static List<String> ofWaiting(JsonNode settings) {
        List<String> advice = keeping(settings);
        if (settings.path("maxSizeBytes").asLong(-1) != 0) {
            advice.add("the broker keeps in memory what waits for a later time or a lane (max-size-bytes of"
                    + " mailchute.deferred.# and mailchute.waiting.#), it should be 0: straight to disk");
        }
        if (settings.path("maxDeliveryAttempts").asInt(DEFAULT_ATTEMPTS) >= 0) {
            advice.add("the broker gives up what waits after some interruptions (max-delivery-attempts of"
                    + " mailchute.deferred.# and mailchute.waiting.#), it should be -1");
        }
        return advice;
    }

    /** @param settings of one of Mailchute's own addresses that routes read */
    static List<String> of(JsonNode settings) {
        List<String> advice = keeping(settings);
        if (settings.path("maxDeliveryAttempts").asInt(DEFAULT_ATTEMPTS) < 0) {
            advice.add(
                    "the broker delivers for ever what fails (max-delivery-attempts of mailchute.#), it should be 10");
        }
        if (settings.path("redeliveryDelay").asLong(0) == 0) {
            advice.add(
                    "the broker repeats what fails without a wait (redelivery-delay of mailchute.#), it should be 1000 ms");
        }
        return advice;
    }

    /** What would lose mail, or not take it. */
    private static List<String> keeping(JsonNode settings) {
        List<String> advice = new ArrayList<>();
        String deadLetters = deadLetters(settings);
        if (!deadLetters.equals(Queues.DEAD_LETTERS)) {
            advice.add("the broker's dead letter address for mailchute.# is "
                    + (deadLetters.isEmpty() ? "none: a delivery that fails ten times is thrown away" : deadLetters)
                    + ", it must be " + Queues.DEAD_LETTERS);
        }
        String full = settings.path("addressFullMessagePolicy").asText("PAGE");
        if (!full.equals("PAGE")) {
            advice.add("the broker's address-full-policy for mailchute.# is " + full
                    + ", it must be PAGE: deliveries wait there for days");
        }
        if (settings.path("pageLimitBytes").asLong(-1) >= 0
                || settings.path("pageLimitMessages").asLong(-1) >= 0) {
            advice.add(
                    "the broker limits what waits on disk (page-limit-bytes or page-limit-messages of mailchute.#), there"
                            + " must be no limit: deliveries beyond it are thrown away or refused, and what the dead letters refuse"
                            + " is out of reach until the broker's next start");
        }
        if (settings.path("expiryDelay").asLong(-1) >= 0
                || settings.path("maxExpiryDelay").asLong(-1) >= 0) {
            advice.add("the broker lets messages of mailchute.# expire (expiry-delay), none may");
        }
        return advice;
    }
}
