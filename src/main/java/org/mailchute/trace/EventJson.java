package org.mailchute.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** The JSON of delivery events, in the event queue and in answers to applications. */
public final class EventJson {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModules(new Jdk8Module(), new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private EventJson() {}

    public static String write(DeliveryEvent event) {
        try {
            return MAPPER.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event of ours does not become JSON", e);
        }
    }

    /** @throws IllegalArgumentException when the text is no event */
    public static DeliveryEvent read(String json) {
        try {
            return MAPPER.readValue(json, DeliveryEvent.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a delivery event: " + e.getOriginalMessage(), e);
        }
    }
}
