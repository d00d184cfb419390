package org.mailchute.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailchute.door.Guessers.Verdict.RIGHT;
import static org.mailchute.door.Guessers.Verdict.SHUT;
import static org.mailchute.door.Guessers.Verdict.WRONG;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailchute.testing.MovableClock;

/** Who is shut out, and who is not. */
class GuessersTest {
    private final MovableClock clock = new MovableClock();
    private final Guessers guessers = new Guessers("a server", clock);

    private static InetAddress at(String address) throws UnknownHostException {
        return InetAddress.getByName(address);
    }

    private void guess(String address, String user, int times) throws UnknownHostException {
        assertThat(Collections.nCopies(times, at(address)))
                .allMatch(from -> guessers.judge(from, user, false) == WRONG);
    }

    @Test
    @DisplayName("P9: a right password takes back wrong ones of its own user, and of no other")
    void aRightPasswordTakesBackItsOwnUsersWrongOnes() throws Exception {
        guess("192.0.2.1", "copier", 9);
        assertThat(guessers.judge(at("192.0.2.1"), "copier", true)).isEqualTo(RIGHT);
        guess("192.0.2.1", "plotter", 9);
        assertThat(guessers.judge(at("192.0.2.1"), "copier", true)).isEqualTo(RIGHT);
        guess("192.0.2.1", "", 1);
        assertThat(guessers.shut(at("192.0.2.1"))).isTrue();
        assertThat(guessers.judge(at("192.0.2.1"), "plotter", true)).isEqualTo(SHUT);
        assertThat(guessers.judge(at("192.0.2.2"), "plotter", true)).isEqualTo(RIGHT);
    }

    @Test
    @DisplayName(
            "P9: where each user is counted, one that is guessed at shuts out no other of its address, nor itself elsewhere")
    void eachUserMayBeCountedForItself() throws Exception {
        Guessers each = Guessers.ofEachUser("broker", clock);
        InetAddress shared = at("192.0.2.1");
        for (int guess = 1; guess <= Guessers.GUESSES; guess++) {
            clock.move(Duration.ofMinutes(1));
            assertThat(each.judge(shared, "billing", false)).isEqualTo(WRONG);
            assertThat(each.judge(shared, "", false)).isEqualTo(WRONG);
        }
        assertThat(each.judge(shared, "billing", true)).isEqualTo(SHUT);
        assertThat(each.judge(shared, "", false))
                .as("users that are not there are one")
                .isEqualTo(SHUT);
        assertThat(each.judge(shared, "payroll", true)).isEqualTo(RIGHT);
        assertThat(each.judge(at("192.0.2.2"), "billing", true)).isEqualTo(RIGHT);
        clock.move(Duration.ofMinutes(10));
        assertThat(each.judge(shared, "payroll", false)).isEqualTo(WRONG);
        clock.move(Duration.ofMinutes(5).plusSeconds(1));
        assertThat(each.judge(shared, "billing", true))
                .as("others' wrong ones shut it out no longer")
                .isEqualTo(RIGHT);
    }

    @Test
    void whoIsShutOutComesInAgainAfterAQuarterOfAnHour() throws Exception {
        guess("192.0.2.1", "copier", 10);
        clock.move(Duration.ofMinutes(15));
        assertThat(guessers.judge(at("192.0.2.1"), "copier", true)).isEqualTo(SHUT);
        clock.move(Duration.ofSeconds(1));
        assertThat(guessers.judge(at("192.0.2.1"), "copier", true)).isEqualTo(RIGHT);
    }

    @ParameterizedTest
    @DisplayName("P9: another address of the same /64 is no other guesser")
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "fe80::1, fe80::2, true",
        "::1, ::2, false",
        "192.0.2.1, ::ffff:192.0.2.1, true",
        "::ffff:192.0.2.1, ::ffff:192.0.2.2, false",
        "192.0.2.1, 192.0.2.2, false"
    })
    void addressesThatOneMayTakeAreOne(String guesses, String comes, boolean shut) throws Exception {
        guess(guesses, "copier", 10);
        assertThat(guessers.shut(at(comes))).isEqualTo(shut);
    }

    @Test
    void aMappedAddressThatJavaKeepsAsIpv6IsOfIpv4Too() throws Exception {
        byte[] octets = new byte[16];
        Arrays.fill(octets, 10, 12, (byte) 0xff);
        System.arraycopy(at("192.0.2.1").getAddress(), 0, octets, 12, 4);
        assertThat(new Origin(Inet6Address.getByAddress("mapped", octets, -1))).hasToString("192.0.2.1");
    }

    @Test
    void anOriginIsShownAsTheNetworkThatIsCounted() throws Exception {
        assertThat(new Origin(at("2001:db8:1:2::9"))).hasToString("2001:db8:1:2:0:0:0:0/64");
        assertThat(new Origin(at("::1"))).hasToString("0:0:0:0:0:0:0:1");
        assertThat(new Origin(at("192.0.2.9"))).hasToString("192.0.2.9");
    }
}
