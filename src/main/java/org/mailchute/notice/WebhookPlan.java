package org.mailchute.notice;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.mailchute.credentials.HttpsProxy;
import org.mailchute.credentials.SecretText;

/**
 * Where the administrator's notices are posted.
 *
 * @param url an https address; whoever knows it may post there, so it is a secret
 * @param body what it takes
 * @param local it may lead to this machine or its neighbours (loopback, link-local)
 * @param trust authorities that are trusted beside Java's own
 */
public record WebhookPlan(SecretText url, Body body, boolean local, Optional<Path> trust, Optional<HttpsProxy> proxy) {
    /** The JSON that is posted. */
    public enum Body {
        /** Texts by their names, {@code text} all of it: Slack, and whatever reads JSON. */
        TEXT,
        /** A message with an adaptive card: workflows of Microsoft Teams. */
        TEAMS
    }

    /** What posts there. */
    public Webhook poster() {
        return new Webhook(this);
    }

    /** Where it leads. */
    public URI address() {
        return URI.create(url.reveal());
    }
}
