package org.mailchute.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is posted of a notice, as {@code src/docs/notices.md} shows it. */
public final class WebhookBody {
    private static final ObjectMapper JSON = new ObjectMapper();

    private WebhookBody() {}

    public static String of(Wording wording, Instant time, WebhookPlan.Body body) {
        try {
            return JSON.writeValueAsString(body == WebhookPlan.Body.TEAMS ? card(wording) : texts(wording, time));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text does not become JSON", e);
        }
    }

    /** Slack shows {@code text}; a workflow may ask for each by its name. */
    private static Map<String, Object> texts(Wording wording, Instant time) {
        Map<String, Object> texts = new LinkedHashMap<>();
        texts.put("text", wording.subject() + "\n\n" + wording.text());
        texts.put("title", wording.subject());
        texts.put("gateway", wording.gateway());
        texts.put("time", time.toString());
        texts.put("id", wording.notice().id());
        return texts;
    }

    /** Microsoft's form for workflows that begin with a webhook. */
    private static Map<String, Object> card(Wording wording) {
        List<Map<String, Object>> blocks = List.of(
                Map.of("type", "TextBlock", "text", wording.subject(), "weight", "Bolder", "wrap", true),
                Map.of("type", "TextBlock", "text", wording.text(), "fontType", "Monospace", "wrap", true));
        Map<String, Object> card = Map.of(
                "$schema",
                "http://adaptivecards.io/schemas/adaptive-card.json",
                "type",
                "AdaptiveCard",
                "version",
                "1.4",
                "body",
                blocks);
        return Map.of(
                "type",
                "message",
                "attachments",
                List.of(Map.of("contentType", "application/vnd.microsoft.card.adaptive", "content", card)));
    }
}
