package org.mailchute.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("P9: an address is one address, wherever it comes in")
class MailAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"anna@contoso.com", " anna@contoso.com ", "anna@contoso.com\r\n", "\tanna@Contoso.COM"})
    void spacesAndLineEndsAroundItDoNotCount(String text) {
        assertThat(MailAddress.parse(text)).hasToString("anna@contoso.com");
        assertThat(ReversePath.parse(text)).hasToString("anna@contoso.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"anna%elsewhere.example@contoso.com", "elsewhere.example!anna@contoso.com", "%@contoso.com"})
    void aRouteInsideAnAddressIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MailAddress.parse(text))
                .withMessageContaining("a % or ! before the @ is a route")
                .withMessageContaining(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "an\u0001na@contoso.com",
                "anna@contoso.com\u001f",
                "\u000banna@contoso.com",
                "\u0085anna@contoso.com",
                "anna@\u007fcontoso.com"
            })
    void aControlCharacterIsRefusedAlsoAtItsEnds(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MailAddress.parse(text))
                .withMessageContaining("holds a control character");
        assertThatIllegalArgumentException().isThrownBy(() -> ReversePath.parse(text));
    }
}
