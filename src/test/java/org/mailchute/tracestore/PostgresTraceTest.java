package org.mailchute.tracestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mailchute.tracestore.Traces.received;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailchute.database.Postgres;
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
    void aTransactionThatWritesAndIsHeardOfNoMoreIsEndedByTheServer() throws Exception {
        try (TraceStore store = new TraceStore(plan(), home)) {
            store.write(List.of());
            say(
                    "create function tells() returns trigger language plpgsql as"
                            + " 'begin raise exception ''%'', current_setting(''idle_in_transaction_session_timeout''); end'",
                    "create trigger tells before insert on message for each row execute function tells()");
            assertThat(why(store, open -> open.write(message("00MFX2K1AB7Q0Z9A"))))
                    .isEqualTo("ERROR: 1min");
        }
    }

    @Test
    void whyTheConnectionEndedIsTold() throws Exception {
        try (TraceStore store = new TraceStore(plan(), home)) {
            store.write(message("00MFX2K1AB7Q0Z9A"));
            say(
                    "create function ends() returns trigger language plpgsql as"
                            + " 'begin perform pg_terminate_backend(pg_backend_pid()); return new; end'",
                    "create trigger ends before insert or update on message for each row execute function ends()");
            assertThat(why(store, open -> open.forget("scanner@contoso.example", "")))
                    .isEqualTo("FATAL: terminating connection due to administrator command");
            assertThat(why(store, open -> open.write(message("00MFX2K1AB7Q0Z9B"))))
                    .isEqualTo("FATAL: terminating connection due to administrator command");
        }
    }

    @Test
    void whoMayMakeNoTablesIsToldSoAndNothingIsMadeInstead() throws Exception {
        say("create role guest login", "grant create on database postgres to guest");
        Postgres guest = new Postgres(postgres.url(), Optional.of("guest"), Optional.empty());
        try (TraceStore store = new TraceStore(new TracePlan(plan().keep(), true, Optional.of(guest)), home)) {
            assertThat(why(store, open -> open.write(List.of())))
                    .startsWith("its user has no schema")
                    .endsWith("create schema authorization guest");
            say("grant usage on schema public to guest");
            assertThat(why(store, open -> open.write(List.of())))
                    .isEqualTo("its tables cannot be made or changed: ERROR: permission denied for schema public");
            say("create schema authorization guest");
            store.write(message("00MFX2K1AB7Q0Z9A"));
            assertThat(store.story("00MFX2K1AB7Q0Z9A")).isPresent();
        }
        say("drop schema guest cascade", "drop schema public cascade", "create schema public");
        say("revoke create on database postgres from guest", "drop role guest");
    }

    @Test
    void whyTheTablesAreNotAsTheyMustBeIsTold() throws Exception {
        try (TraceStore store = new TraceStore(plan(), home)) {
            store.write(List.of());
        }
        say("update flyway_schema_history set checksum = 1 where version = '1'");
        try (TraceStore store = new TraceStore(plan(), home)) {
            assertThat(why(store, open -> open.write(List.of())))
                    .startsWith("its tables cannot be made or changed: Validate failed")
                    .contains("checksum mismatch for migration version 1");
        }
    }

    @Override
    TracePlan plan() {
        return Traces.of(postgres);
    }
}
