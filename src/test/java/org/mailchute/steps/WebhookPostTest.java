package org.mailchute.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.credentials.SecretText;
import org.mailchute.notice.LoopbackHook;
import org.mailchute.notice.WebhookPlan;

class WebhookPostTest {
    @TempDir
    Path folder;

    @Test
    void aGatewayThatEndsWaitsForNoWebhookAndThePostComesAgain() throws Exception {
        try (LoopbackHook hook = new LoopbackHook(folder, "localhost").refusing(503)) {
            WebhookPlan plan = new WebhookPlan(
                    new SecretText(hook.url()),
                    WebhookPlan.Body.TEXT,
                    true,
                    Optional.of(hook.trust()),
                    Optional.empty());
            WebhookPost post = new WebhookPost(Optional.of(plan.poster()));
            post.end();
            assertThatThrownBy(() -> post.post("{}")).isInstanceOf(IOException.class);
            assertThat(hook.taken()).isEmpty();
        }
    }
}
