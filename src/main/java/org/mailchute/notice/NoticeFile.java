package org.mailchute.notice;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailchute.spool.WholeFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code HOME/notices.json}: what was told, and what is not told yet. */
record NoticeFile(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeFile.class);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /**
     * @param looked up to when messages were looked at for a delay
     * @param seen ids of the events noted last, which the broker may give again
     * @param told when, in the last hour
     */
    record State(
            Optional<Instant> looked,
            List<String> seen,
            List<Instant> told,
            List<Cause> causes,
            List<Standing> standings) {
        static final State NONE = new State(Optional.empty(), List.of(), List.of(), List.of(), List.of());
    }

    /** One that cannot be understood is left out: something may be told a second time. */
    State read() throws IOException {
        if (Files.notExists(path)) {
            return State.NONE;
        }
        byte[] octets = Files.readAllBytes(path);
        try {
            return JSON.readValue(octets, State.class);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be understood, and what was told may be told again: {}", path, e.getMessage());
            return State.NONE;
        }
    }

    void write(State state) throws IOException {
        new WholeFile(path).replace(JSON.writeValueAsBytes(state));
    }
}
