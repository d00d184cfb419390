package org.mailchute.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailchute.deadletter.Person;
import org.mailchute.door.Role;
import org.mailchute.testing.MovableClock;

class SessionsTest {
    private static final Person ANNA = new Person("anna");

    private final MovableClock clock = new MovableClock();
    private final Sessions sessions = new Sessions(clock, new Random(1), Duration.ofMinutes(30), Duration.ofHours(12));

    @Test
    void eachSignInHasAnIdOfItsOwnOf256BitsAndASecretForItsForms() {
        String first = sessions.open(ANNA, Role.HELPDESK);
        String second = sessions.open(ANNA, Role.HELPDESK);
        assertThat(first).isNotEqualTo(second).matches("[A-Za-z0-9_-]{43}");
        Visitor visitor = sessions.visitor(first, true).orElseThrow();
        assertThat(visitor.person()).isEqualTo(ANNA);
        assertThat(visitor.role()).isEqualTo(Role.HELPDESK);
        assertThat(visitor.csrf())
                .matches("[A-Za-z0-9_-]{43}")
                .isNotEqualTo(sessions.visitor(second, true).orElseThrow().csrf());
        assertThat(sessions.visitor("", true)).isEmpty();
    }

    @Test
    void whoDoesNothingIsSignedOutAndAPageThatAsksByItselfIsNothing() {
        String id = sessions.open(ANNA, Role.VIEWER);
        clock.move(Duration.ofMinutes(29));
        assertThat(sessions.visitor(id, true)).isPresent();
        clock.move(Duration.ofMinutes(29));
        assertThat(sessions.visitor(id, false)).isPresent();
        clock.move(Duration.ofMinutes(1));
        assertThat(sessions.visitor(id, true)).isEmpty();
        assertThat(sessions.visitor(id, true)).isEmpty();
    }

    @Test
    void whoAlwaysDoesSomethingIsSignedOutInTheEnd() {
        String id = sessions.open(ANNA, Role.VIEWER);
        for (int minutes = 0; minutes < 12 * 60; minutes += 20) {
            assertThat(sessions.visitor(id, true)).isPresent();
            clock.move(Duration.ofMinutes(20));
        }
        assertThat(sessions.visitor(id, true)).isEmpty();
    }

    @Test
    void whoSignsOutIsOutAndNobodyElse() {
        String first = sessions.open(ANNA, Role.VIEWER);
        String second = sessions.open(ANNA, Role.VIEWER);
        sessions.close(first);
        assertThat(sessions.visitor(first, true)).isEmpty();
        assertThat(sessions.visitor(second, true)).isPresent();
    }

    @Test
    void ofAThousandTheOneIdleLongestGoes() {
        String first = sessions.open(ANNA, Role.VIEWER);
        String second = sessions.open(ANNA, Role.VIEWER);
        sessions.visitor(first, true);
        for (int i = 2; i <= 1_000; i++) {
            sessions.open(ANNA, Role.VIEWER);
        }
        assertThat(sessions.visitor(first, true)).isPresent();
        assertThat(sessions.visitor(second, true)).isEmpty();
    }

    @Test
    void aLinkIsGoodOnceAndForItsTimeAndTheOldestGoesWhereThereAreMany() {
        OnceOnly<Person> links = new OnceOnly<>(clock, new Random(1), Duration.ofMinutes(2), 3);
        String once = links.hold(ANNA);
        String late = links.hold(ANNA);
        assertThat(links.give(once)).contains(ANNA);
        assertThat(links.give(once)).isEmpty();
        clock.move(Duration.ofMinutes(2));
        assertThat(links.give(late)).isEmpty();
        String oldest = links.hold(ANNA);
        String next = links.hold(ANNA);
        links.hold(ANNA);
        links.hold(ANNA);
        assertThat(links.give(oldest)).isEmpty();
        assertThat(links.give(next)).isPresent();
    }
}
