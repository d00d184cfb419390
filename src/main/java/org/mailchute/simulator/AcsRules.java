package org.mailchute.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/** smtp.azurecomm.net: as an application, from the MailFrom addresses of verified domains, so many a minute and an hour. */
final class AcsRules extends LoginRules {
    private final Predicate<String> issued;
    /** Those of the last hour. */
    private final Deque<Instant> taken = new ArrayDeque<>();

    AcsRules(Scenario scenario, Predicate<String> issued, Clock clock) {
        super(scenario, clock);
        this.issued = issued;
    }

    @Override
    String login(SessionState session, Proof proof) {
        boolean right =
                proof.password() ? scenario.app().clientSecret().equals(proof.secret()) : issued.test(proof.secret());
        return right && scenario.acs().knows(proof.user(), scenario.app()) ? loggedIn(session, proof.user()) : FAILED;
    }

    /** In words of our own: Microsoft's are not known. */
    @Override
    String sender(SessionState session, String from) {
        return scenario.acs().sends(from) ? "" : "550 5.7.1 The sender is no MailFrom address of a verified domain";
    }

    @Override
    public String recipient(SessionState session, String recipient) {
        return SmallMessages.recipient(session);
    }

    @Override
    public String endOfData(SessionState session) {
        String size = SmallMessages.size(session);
        return !size.isEmpty() || take() ? size : "450 4.5.127 Message rejected. Excessive message rate from sender";
    }

    private synchronized boolean take() {
        Instant now = clock.instant();
        taken.removeIf(at -> !at.plus(Duration.ofHours(1)).isAfter(now));
        long minute = taken.stream()
                .filter(at -> at.plus(Duration.ofMinutes(1)).isAfter(now))
                .count();
        return minute < scenario.acs().messagesPerMinute()
                && taken.size() < scenario.acs().messagesPerHour()
                && taken.add(now);
    }

    @Override
    public String option(SessionState session) {
        return "acs";
    }
}
