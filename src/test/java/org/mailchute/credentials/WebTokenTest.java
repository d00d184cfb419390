package org.mailchute.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebTokenTest {
    private static final String HEADER = coded("{\"alg\":\"RS256\"}");
    private static final String CLAIMS = coded("{\"sub\":\"system:serviceaccount:mail:mailchute\"}");

    private static String coded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aSignedTokenIsTakenAsItCame() throws Exception {
        String token = HEADER + "." + CLAIMS + ".c2lnbmF0dXJl";
        assertThat(WebToken.checked(token)).isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "H",
                "H.C",
                "H.C.",
                "H.C.s.t",
                "H.x.s",
                "x.C.s",
                "H.C.s!",
                "H.A.s",
                "<html>H.C.s</html>",
                "H.C.s\nH.C.s"
            })
    void nothingElseIsOneAndItIsNotRepeated(String form) {
        String text = form.replace("H", HEADER).replace("C", CLAIMS).replace("A", coded("[1]"));
        assertThatThrownBy(() -> WebToken.checked(text))
                .isInstanceOf(WebToken.NoneException.class)
                .hasMessage("no JSON Web Token");
    }

    @Test
    void aTokenHasItsLongest() {
        String token = HEADER + "." + CLAIMS + "." + "s".repeat(20_000);
        assertThatThrownBy(() -> WebToken.checked(token)).isInstanceOf(WebToken.NoneException.class);
    }
}
