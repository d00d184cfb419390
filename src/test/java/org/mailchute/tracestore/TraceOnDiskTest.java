package org.mailchute.tracestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailchute.tracestore.Traces.received;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceOnDiskTest {
    private static final String ID = "00MFX2K1AB7Q0Z9A";

    @TempDir
    Path home;

    @TempDir
    Path found;

    /** A copy of the file is what the next start finds after kill -9. */
    @Test
    void whatWasWrittenOutlivesTheProcess() throws Exception {
        try (TraceStore store = new TraceStore(Traces.file(), home)) {
            store.story(ID); // makes the tables
            store.write(List.of(received(ID, "a.pdf", "Scan", "anna@contoso.example")));
            Files.copy(
                    home.resolve("trace/trace.mv.db"),
                    Files.createDirectories(found.resolve("trace")).resolve("trace.mv.db"));
        }
        try (TraceStore next = new TraceStore(Traces.file(), found)) {
            assertThat(next.story(ID)).isPresent();
        }
    }
}
