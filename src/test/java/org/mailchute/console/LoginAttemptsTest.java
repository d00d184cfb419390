package org.mailchute.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailchute.console.LoginAttempts.Verdict;
import org.mailchute.credentials.PasswordHash;
import org.mailchute.door.Role;
import org.mailchute.settings.ConsoleSettings.User;
import org.mailchute.testing.MovableClock;

class LoginAttemptsTest {
    private static final String GOOD = "correct horse battery";
    private static final User ANNA = new User("anna", PasswordHash.of(GOOD, new Random(1), 1), Role.HELPDESK);

    private final MovableClock clock = new MovableClock();
    private final LoginAttempts attempts = new LoginAttempts(List.of(ANNA), clock);

    private static InetAddress at(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private Verdict tried(int from, String name, String password) {
        return attempts.attempt(at(from), name, password).verdict();
    }

    private void wrong(int times, int from, String name) {
        for (int i = 0; i < times; i++) {
            assertThat(tried(from, name, "")).isEqualTo(Verdict.WRONG);
        }
    }

    @Test
    void theRightPasswordOfAUserSignsThatOneIn() {
        assertThat(attempts.attempt(at(1), "anna", GOOD).user()).contains(ANNA);
        assertThat(tried(1, "anna", GOOD + "!")).isEqualTo(Verdict.WRONG);
        assertThat(tried(1, "bert", GOOD)).isEqualTo(Verdict.WRONG);
    }

    @Test
    void afterFiveWrongOnesFromWhereverANameHasToWaitALittleLongerEachTimeWhetherItIsThereOrNot() {
        for (String name : List.of("anna", "bert")) {
            wrong(5, name.length() + name.charAt(0), name);
            assertThat(tried(1, name, GOOD)).isEqualTo(Verdict.LATER);
            clock.move(Duration.ofSeconds(1));
            wrong(1, 2, name);
            clock.move(Duration.ofSeconds(1));
            assertThat(tried(3, name, GOOD)).isEqualTo(Verdict.LATER);
        }
        clock.move(Duration.ofSeconds(1));
        assertThat(tried(3, "anna", GOOD)).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void noStrangerElsewhereKeepsAnybodyOutWhoHasBeenIn() {
        assertThat(tried(1, "anna", GOOD)).isEqualTo(Verdict.RIGHT);
        wrong(5, 66, "anna");
        assertThat(tried(66, "anna", GOOD)).isEqualTo(Verdict.LATER);
        assertThat(tried(1, "anna", GOOD)).isEqualTo(Verdict.RIGHT);
        wrong(5, 1, "anna");
        assertThat(tried(1, "anna", GOOD)).isEqualTo(Verdict.LATER);
    }

    @Test
    void whoTriesOneNameAfterAnotherIsSlowedDownForAllOfThem() {
        for (int i = 0; i < 10; i++) {
            wrong(1, 66, "name" + i);
        }
        assertThat(tried(66, "anna", GOOD)).isEqualTo(Verdict.LATER);
        assertThat(tried(67, "anna", GOOD)).isEqualTo(Verdict.RIGHT);
        clock.move(Duration.ofMinutes(61));
        wrong(1, 66, "name");
        assertThat(tried(66, "anna", GOOD)).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void namesThatAreTooLongForAnybodyCountAsOne() {
        for (int i = 0; i < 5; i++) {
            wrong(1, i, "x".repeat(65 + i));
        }
        assertThat(tried(10, "x".repeat(10_000), GOOD)).isEqualTo(Verdict.LATER);
    }
}
