package org.mailchute.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.MessageFormatter;

@DisplayName("P9: a secret is printed by nothing")
class SecretTextTest {
    private static final String SECRET = "hush~hush.value";

    private record Login(String user, SecretText password) {}

    private final SecretText secret = new SecretText(SECRET);

    @Test
    void onlyRevealGivesItAway() {
        assertThat(secret.reveal()).isEqualTo(SECRET);
        assertThat(secret.toString()).isEqualTo("(secret)");
    }

    @Test
    void neitherFormatNorLogNorTheRecordAroundItShowsIt() {
        assertThat(String.format("%s", secret)).isEqualTo("(secret)");
        assertThat(MessageFormatter.format("login {}", secret).getMessage()).isEqualTo("login (secret)");
        assertThat(new Login("ann", secret)).hasToString("Login[user=ann, password=(secret)]");
    }

    @Test
    void jacksonRefusesToWriteItAndDoesNotQuoteIt() {
        assertThat(catchThrowableOfType(
                        JsonProcessingException.class,
                        () -> new ObjectMapper().writeValueAsString(new Login("ann", secret))))
                .isNotNull()
                .satisfies(e -> assertThat(e.toString()).doesNotContain(SECRET));
    }

    @Test
    void jacksonThatWritesEmptyBeansWritesAnEmptyOne() throws Exception {
        ObjectMapper lax = new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
        assertThat(lax.writeValueAsString(Map.of("password", secret))).isEqualTo("{\"password\":{}}");
    }
}
