package org.mailchute.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
    private static final String UMLAUT = "Gr\u00fc\u00dfe aus Z\u00fcrich";
    private static final String TWO_CHARACTERS = "Gru\u0308\u00dfe aus Zu\u0308rich";

    @Test
    void isOfItsPasswordAloneHoweverItsUmlautsAreWritten() {
        PasswordHash hash = PasswordHash.of(UMLAUT, new Random(1), 1);
        assertThat(hash.isOf(UMLAUT)).isTrue();
        assertThat(hash.isOf(TWO_CHARACTERS)).isTrue();
        assertThat(hash.isOf(UMLAUT + " ")).isFalse();
        assertThat(hash).hasToString("(hash)");
    }

    /** Computed by Python's hashlib.pbkdf2_hmac. */
    @Test
    void isThatOfOtherPrograms() {
        assertThat(PasswordHash.parse(
                                "$pbkdf2-sha256$i=600000$AAECAwQFBgcICQoLDA0ODw$uwbIwLHdW/1OQPTil6LQ5k2n75S0uOwgmJAhyLQVNq0")
                        .isOf("correct horse battery"))
                .isTrue();
    }

    @Test
    void nobodysIsOfNoPasswordNotEvenOfNone() {
        PasswordHash hash = PasswordHash.of(UMLAUT, new Random(1), 1);
        assertThat(PasswordHash.nobodys(List.of(hash)).isOf("")).isFalse();
    }

    @Test
    void aShortPasswordIsRefused() {
        assertThatThrownBy(() -> PasswordHash.of("elevenchars", new Random(1)))
                .hasMessage("a password has 12 characters or more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a password",
                "$pbkdf2-sha256$i=100000$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$pbkdf2-sha256$i=99999999$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$pbkdf2-sha256$i=600000$AA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$pbkdf2-sha256$i=600000$AAAAAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatIsNoHashOrAWeakOneIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PasswordHash.parse(text));
    }
}
