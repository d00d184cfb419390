package org.mailchute.tracestore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceUpgradeTest {
    @TempDir
    Path home;

    @Test
    void aTraceOfAVersionBeforeIsTakenOver() throws Exception {
        DataSource before = Traces.file().database(home);
        Flyway.configure()
                .dataSource(before)
                .locations("classpath:org/mailchute/tracestore")
                .placeholders(Map.of("order", ""))
                .target("1")
                .load()
                .migrate();
        try (Connection connection = before.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into message values ('00MFX2K1AB7Q0Z9A', '<id@host>', 'folder:scans', 'a.pdf', 'Scan',"
                            + " 'scanner@contoso.example', 7, current_timestamp)");
            statement.execute("shutdown");
        }
        try (TraceStore now = new TraceStore(Traces.file(), home)) {
            assertThat(now.story("00MFX2K1AB7Q0Z9A").orElseThrow().message())
                    .satisfies(message -> assertThat(message.name()).isEqualTo("a.pdf"))
                    .satisfies(message -> assertThat(message.pages()).isZero());
        }
    }
}
