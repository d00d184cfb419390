package org.mailchute.tracestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mailchute.tracestore.Traces.received;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailchute.testing.RealPostgres;

/** The same rules in a real PostgreSQL. */
class PostgresTraceTest extends TraceStoreTest {
    private static RealPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = RealPostgres.start();
    }

    @AfterAll
    static void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }

    private void say(String... all) throws Exception {
        try (Connection connection = plan().database(home).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : all) {
                statement.execute(sql);
            }
        }
    }

    @BeforeEach
    void empty() throws Exception {
        say("drop schema public cascade", "create schema public");
    }

    private interface Act {
        void on(TraceStore store) throws SQLException;
    }

    /** What is told of an act that fails. */
    private static String why(TraceStore store, Act act) {
        return TraceStore.why(catchThrowableOfType(SQLException.class, () -> act.on(store)));
    }

    private static List<TraceStore.Told> message(String id) {
        return List.of(received(id, "scan.pdf", "Notice\nof illness", "anna@contoso.example"));
    }

    @Test
    void whyTheTraceIsNotWrittenIsToldWithoutWhatWasToBeWritten() throws Exception {
        try (TraceStore store = new TraceStore(plan(), home)) {
            store.write(List.of());
            say("alter table message add constraint none check (subject = '')");
            assertThat(why(store, open -> open.write(message("00MFX2K1AB7Q0Z9A"))))
                    .isEqualTo("ERROR: new row for relation \"message\" violates check constraint \"none\"");
        }
    }

    @Test
    void whyTheConnectionEndedIsTold() throws Exception {
        try (TraceStore store = new TraceStore(plan(), home)) {
            store.write(message("00MFX2K1AB7Q0Z9A"));
            say(
                    "create function ends() returns trigger language plpgsql as"
                            + " 'begin perform pg_terminate_backend(pg_backend_pid()); return new; end'",
                    "create trigger ends before update on message for each row execute function ends()");
            assertThat(why(store, open -> open.forget("scanner@contoso.example", "")))
                    .isEqualTo("FATAL: terminating connection due to administrator command");
        }
    }

    @Override
    TracePlan plan() {
        return Traces.of(postgres);
    }
}
