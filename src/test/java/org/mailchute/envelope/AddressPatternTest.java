package org.mailchute.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPatternTest {
    @ParameterizedTest
    @CsvSource({
        "*, a@b.example",
        "a@b.example, a@b.example",
        "A@B.Example, a@b.example",
        "a@b.example, A@B.EXAMPLE",
        "' a@b.example ', a@b.example",
        "*@b.example, a@b.example",
        "*@B.EXAMPLE, a@b.example",
        "*@*.example, a@b.example",
        "*@*.example, a@c.b.example",
        "*@localhost, a@localhost",
        "any@b.example, any@b.example",
    })
    void aPatternMatchesWhatItSays(String pattern, String address) {
        assertThat(AddressPattern.parse(pattern).matches(MailAddress.parse(address)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "a@b.example, aa@b.example",
        "a@b.example, a@c.b.example",
        "*@b.example, a@c.b.example",
        "*@b.example, a@xb.example",
        "*@b.example, a@b.example.evil.example",
        "*@*.b.example, a@b.example",
        "*@*.b.example, a@xb.example",
        "*@*.b.example, a@c.b.example.org",
        "a+b@c.example, aab@c.example",
        "a.b@c.example, axb@c.example",
        "a@b.example, *@b.example",
    })
    void aPatternMatchesNothingElse(String pattern, String address) {
        assertThat(AddressPattern.parse(pattern).matches(MailAddress.parse(address)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "@",
                "*@",
                "*@*",
                "*@*.",
                "**",
                "*@*.*",
                "*@*.*.example",
                "*.example",
                "@b.example",
                "b.example",
                "a*@b.example",
                "*a@b.example",
                "**@b.example",
                "a@*.example",
                "a@b.*",
                "*@b*.example",
                "*@*b.example",
                "*@b.example, a@c.example",
                "*@b.example\r\nx",
                "<a@b.example>",
                "*@.example",
                "*@b..example"
            })
    void whatIsNoPatternIsRefusedAtOnce(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressPattern.parse(pattern))
                .satisfies(fault -> assertThat(fault.getMessage()).isNotBlank().doesNotContainPattern("\\p{Cntrl}"));
    }
}
