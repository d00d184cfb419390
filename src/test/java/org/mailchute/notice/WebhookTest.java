package org.mailchute.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.credentials.HttpsProxy;
import org.mailchute.credentials.SecretText;
import org.mailchute.testing.ConnectProxy;

class WebhookTest {
    private static final Notice NOTICE = new Notice(
            "",
            List.of(),
            List.of(Standing.begun(
                    new Condition("held:mailbox", Optional.of("mailbox"), "Lane mailbox is held", "535", "Mend it."),
                    Instant.EPOCH)));

    @TempDir
    Path folder;

    private static Webhook to(LoopbackHook hook, boolean local, Optional<HttpsProxy> proxy) {
        return new WebhookPlan(
                        new SecretText(hook.url() + "s3cret"),
                        WebhookPlan.Body.TEXT,
                        local,
                        Optional.of(hook.trust()),
                        proxy)
                .poster();
    }

    private static JsonNode json(WebhookPlan.Body body) throws IOException {
        Wording wording = new Wording(NOTICE, "gateway.contoso.example", Optional.empty());
        return new ObjectMapper().readTree(WebhookBody.of(wording, Instant.EPOCH, body));
    }

    @Test
    void whatIsPostedIsTaken() throws Exception {
        try (LoopbackHook hook = new LoopbackHook(folder, "localhost")) {
            to(hook, true, Optional.empty()).post("{\"text\":\"Grüße\"}");
            assertThat(hook.taken()).containsExactly("{\"text\":\"Grüße\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 307, 400, 429, 503})
    void whatIsRefusedOrLeadsElsewhereIsNotTakenAndTheAddressIsNotShown(int status) throws Exception {
        try (LoopbackHook hook = new LoopbackHook(folder, "localhost").refusing(status)) {
            assertThatThrownBy(() -> to(hook, true, Optional.empty()).post("{}"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("localhost answers " + status)
                    .hasMessageNotContaining("s3cret");
            assertThat(hook.taken()).isEmpty();
        }
    }

    @Test
    void aServerOfAnotherNameIsToldNothing() throws Exception {
        try (LoopbackHook hook = new LoopbackHook(folder, "hooks.contoso.example")) {
            assertThatThrownBy(() -> to(hook, true, Optional.empty()).post("{}"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("localhost");
            assertThat(hook.taken()).isEmpty();
        }
    }

    @Test
    void thisMachineAndItsNeighboursAreNotReachedUnlessAllowed() throws Exception {
        try (LoopbackHook hook = new LoopbackHook(folder, "localhost")) {
            assertThatThrownBy(() -> to(hook, false, Optional.empty()).post("{}"))
                    .hasMessageContaining("notices.webhook.local");
            assertThat(hook.taken()).isEmpty();
        }
        for (String near : List.of("127.9.9.9", "169.254.169.254", "::1", "fe80::1", "0.0.0.0", "::ffff:127.0.0.1")) {
            assertThat(Webhook.isNear(InetAddress.getByName(near))).as(near).isTrue();
        }
        assertThat(Webhook.isNear(InetAddress.getByName("10.0.0.1"))).isFalse();
    }

    @Test
    void aProxyIsUsedWhereThereIsOne() throws Exception {
        try (LoopbackHook hook = new LoopbackHook(folder, "localhost");
                ConnectProxy between = new ConnectProxy("")) {
            HttpsProxy proxy = new HttpsProxy("127.0.0.1", between.port(), Optional.empty(), List.of());
            to(hook, true, Optional.of(proxy)).post("{}");
            assertThat(hook.taken()).hasSize(1);
            assertThat(between.opened()).hasSize(1);
        }
    }

    @Test
    void theBodyIsTextsForSlackAndACardForTeams() throws Exception {
        JsonNode texts = json(WebhookPlan.Body.TEXT);
        assertThat(texts.path("text").asText())
                .startsWith("Lane mailbox is held\n")
                .contains("Mend it.");
        assertThat(texts.path("title").asText()).isEqualTo("Lane mailbox is held");
        assertThat(texts)
                .as("a workflow takes texts only")
                .allSatisfy(value -> assertThat(value.isTextual()).isTrue());
        JsonNode card = json(WebhookPlan.Body.TEAMS);
        assertThat(card.path("type").asText()).isEqualTo("message");
        assertThat(card.at("/attachments/0/contentType").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
        assertThat(card.at("/attachments/0/content/body/0/text").asText()).isEqualTo("Lane mailbox is held");
    }
}
