package org.mailchute.steps;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Handler;
import org.mailchute.notice.Webhook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code webhookPost}: posts a notice, and tries again until it is taken, for as long as that takes; meanwhile the others wait in their queue.
 */
public final class WebhookPost {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookPost.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Optional<Webhook> webhook;
    private final Ending ending = new Ending();

    /** @param webhook empty where there is none, and nothing is posted */
    public WebhookPost(Optional<Webhook> webhook) {
        this.webhook = webhook;
    }

    /** Body: the JSON. @throws IOException when the gateway ends before it is taken: the broker gives it again */
    @Handler
    public void post(String json) throws IOException {
        boolean told = false;
        for (Duration wait = FIRST; ; wait = longer(wait)) {
            try {
                webhook.orElseThrow().post(json);
                if (told) {
                    LOG.info("the webhook takes notices again");
                }
                return;
            } catch (IOException e) {
                if (!told) {
                    LOG.warn("the webhook takes no notice; it is tried again until it does: {}", e.getMessage());
                }
                told = true;
                if (ending.beginsWithin(wait)) {
                    throw e;
                }
            }
        }
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }

    /** Nobody waits any more. */
    public void end() {
        ending.begin();
    }
}
