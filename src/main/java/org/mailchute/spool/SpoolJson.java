package org.mailchute.spool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.mailchute.envelope.EnvelopeModule;

/** The JSON of tickets and claim checks. Values are checked again when they are read back. */
public final class SpoolJson {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModules(new Jdk8Module(), new JavaTimeModule(), new EnvelopeModule(), queueIds())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    private SpoolJson() {}

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value of ours does not become JSON", e);
        }
    }

    /** @throws IllegalArgumentException when the text is not such a value */
    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }

    private static SimpleModule queueIds() {
        return new SimpleModule()
                .addSerializer(QueueId.class, ToStringSerializer.instance)
                .addDeserializer(QueueId.class, new QueueIdText());
    }

    private static final class QueueIdText extends FromStringDeserializer<QueueId> {
        private static final long serialVersionUID = 1;

        QueueIdText() {
            super(QueueId.class);
        }

        @Override
        protected QueueId _deserialize(String value, com.fasterxml.jackson.databind.DeserializationContext context) {
            return new QueueId(value);
        }
    }
}
