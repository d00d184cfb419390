package org.mailchute.limits;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.mailchute.spool.WholeFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One JSON file a lane, each replaced as a whole: a reader sees the old state or the new one. */
public final class LaneFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LaneFiles.class);
    private static final String SUFFIX = ".json";
    static final ObjectMapper JSON = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Path folder;

    LaneFiles(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /**
     * The states in {@code folder}, by lane; for commands too, while a gateway runs. A file that cannot be understood is
     * left out, so the lane counts as open: that costs one attempt.
     */
    public static Map<String, LaneState> read(Path folder) throws IOException {
        Map<String, LaneState> states = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
                files.forEach(file -> read(file, states));
            }
        }
        return states;
    }

    private static void read(Path file, Map<String, LaneState> states) {
        String name = String.valueOf(file.getFileName());
        try {
            states.put(
                    name.substring(0, name.length() - SUFFIX.length()),
                    JSON.readValue(Files.readAllBytes(file), LaneState.class));
        } catch (IOException | RuntimeException e) {
            LOG.warn("lane state {} cannot be read, the lane counts as open: {}", file, e.getMessage());
        }
    }

    /** @throws IllegalArgumentException when it could lead out of the folder */
    static void check(String lane) {
        if (!lane.matches("[A-Za-z0-9-]+")) {
            throw new IllegalArgumentException("a lane's name has letters, digits and hyphens only: " + lane);
        }
    }

    void write(String lane, LaneState state) throws IOException {
        check(lane);
        new WholeFile(folder.resolve(lane + SUFFIX))
                .replace(JSON.writerFor(LaneState.class).writeValueAsBytes(state));
    }
}
