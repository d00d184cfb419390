package org.mailchute.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailchute.database.Postgres;
import org.mailchute.limits.Budget;
import org.mailchute.limits.Uptime;
import org.mailchute.testing.Firewall;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.RealPostgres;

@DisplayName("of several gateways with one home one works, in a real PostgreSQL")
class LeadershipTest {
    /** So long that nothing ends by itself. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private static final Duration MINUTE = Duration.ofMinutes(1);

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

    @BeforeEach
    void empty() throws SQLException {
        say("drop schema if exists mailchute_cluster cascade");
    }

    private static void say(String statement) throws SQLException {
        try (Connection connection = database().source(MINUTE, MINUTE).getConnection();
                Statement said = connection.createStatement()) {
            said.execute(statement);
        }
    }

    /** What the database does by itself when a lease is over. */
    private static void theLeaseEnds() throws SQLException {
        say("update mailchute_cluster.lease set until = clock_timestamp() - interval '1 second'");
    }

    private static Postgres database() {
        return new Postgres(postgres.url(), Optional.of("mailchute"), Optional.empty());
    }

    private static Leadership lead(String node, Duration lease) {
        try {
            return Leadership.await(new ClusterPlan(database(), lease), node, why -> {});
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private static CompletableFuture<Leadership> standby(String node, Duration lease) {
        return CompletableFuture.supplyAsync(() -> lead(node, lease), work -> new Thread(work, node).start());
    }

    @Test
    void theSecondSaysWhomItWaitsForAndTakesOverWhenThatEnds() throws Exception {
        try (LogLines log = LogLines.of("org.mailchute.cluster")) {
            Leadership first = lead("one", LONG);
            CompletableFuture<Leadership> second = standby("two", Duration.ofSeconds(4));
            await().until(() -> log.lines().stream().anyMatch(line -> line.contains("this gateway is its standby")));
            assertThat(log.lines())
                    .contains(
                            "WARN the gateway one works with this home: this gateway is its standby, waits, and takes over"
                                    + " when that ends, or says nothing for 4 s");
            assertThat(second).isNotDone();
            assertThat(first.holds()).isTrue();
            assertThat(first.confirm()).isTrue();
            first.close();
            assertThat(first.holds()).isFalse();
            assertThat(first.afterSilence()).as("nobody had it before").isFalse();
            try (Leadership taken = second.join()) {
                assertThat(taken.holds()).isTrue();
                assertThat(taken.afterSilence()).as("it was given back").isFalse();
                assertThat(log.lines()).contains("INFO this gateway takes over");
            }
        }
    }

    @Test
    void whoWorksKnowsWhoStandsByAndSaysWhenThatChanges() throws Exception {
        try (LogLines log = LogLines.of("org.mailchute.cluster");
                Leadership first = lead("one", Duration.ofSeconds(4))) {
            assertThat(first.gateways()).isEqualTo(new Gateways("one", List.of()));
            CompletableFuture<Leadership> second = standby("two", Duration.ofSeconds(4));
            await().until(() -> first.gateways().standby().equals(List.of("two")));
            assertThat(log.lines()).contains("INFO standing by: two");
            say("update mailchute_cluster.standby set node = 'three'"); // another beside it
            await().until(() -> first.gateways().standby().equals(List.of("three")));
            first.close();
            try (Leadership taken = second.join()) {
                await().until(() -> taken.gateways().standby().isEmpty());
            }
        }
    }

    @Test
    void whereHomeDoesNotAnswerItGivesWayToWhoStandsByAndElseWaits() throws Exception {
        try (Leadership alone = lead("one", Duration.ofSeconds(4))) {
            alone.home().answers();
            CompletableFuture<Long> held = alone.lost().thenApply(why -> heldByOne()); // when the process is ended
            CompletableFuture<Leadership> second = standby("two", Duration.ofSeconds(4));
            assertThat(held.join()).as("it was given back before").isZero();
            assertThat(alone.lost().join())
                    .isEqualTo("home could not be read and written from here for 8 s, and two stands by");
            second.join().close();
        }
    }

    @Test
    void ofTwoThatComeToAnEmptyDatabaseAtOnceOneWorks() throws Exception {
        List<CompletableFuture<Leadership>> both =
                Stream.of("one", "two").map(node -> standby(node, LONG)).toList();
        Leadership first =
                (Leadership) CompletableFuture.anyOf(both.get(0), both.get(1)).join();
        assertThat(both.stream().filter(CompletableFuture::isDone)).hasSize(1);
        theLeaseEnds(); // else the second waits for minutes
        await().until(() -> !first.confirm());
        first.close();
        for (CompletableFuture<Leadership> each : both) {
            each.join().close();
        }
    }

    @Test
    @DisplayName("one that stood still begins no message when it goes on, though by its own time it still works")
    void whoLostItsLeaseUnawaresBeginsNothing() throws Exception {
        try (Leadership paused = lead("one", LONG)) {
            theLeaseEnds();
            try (Leadership other = lead("two", LONG)) {
                assertThat(paused.holds()).as("by its own time").isTrue();
                assertThat(paused.confirm()).isFalse();
                assertThat(paused.holds()).isFalse();
                assertThat(paused.lost().join()).isEqualTo("the gateway two has taken over");
                assertThat(other.holds()).isTrue();
                assertThat(other.afterSilence()).isTrue();
                paused.close();
                assertThat(other.confirm()).isTrue();
            }
        }
    }

    @Test
    void whereTheDatabaseIsSilentItStopsBeforeAnotherMayBegin() throws Exception {
        try (Leadership cut = lead("one", Duration.ofSeconds(4))) {
            postgres.stop();
            try {
                assertThat(cut.lost().join()).startsWith("the cluster's database has not answered for 2 s");
                assertThat(cut.holds()).isFalse();
                assertThat(cut.confirm()).isFalse();
            } finally {
                postgres.open();
            }
            assertThat(cut.holds()).as("it never comes back by itself").isFalse();
        }
    }

    @Test
    void aDatabaseThatIsRestartedEndsNothing() throws Exception {
        try (Leadership leadership = lead("one", LONG)) {
            Budget minute = minute(leadership);
            postgres.stop();
            assertThatThrownBy(() -> minute.take(1)).isInstanceOf(IOException.class);
            postgres.open();
            await().ignoreExceptions().until(() -> minute.take(1).isPresent());
            assertThat(leadership.confirm()).isTrue();
            assertThat(leadership.lost()).isNotDone();
            assertThat(minute.left()).as("what was not noted was not taken").isEqualTo(2);
        }
    }

    @Test
    void aGatewayThatStartsBeforeItsDatabaseWaitsForItAndSaysSoOnce() throws Exception {
        try (LogLines log = LogLines.of("org.mailchute.cluster")) {
            postgres.stop();
            CompletableFuture<Leadership> early = standby("one", Duration.ofSeconds(4));
            await().until(() -> !log.lines().isEmpty());
            assertThat(log.lines().get(0))
                    .startsWith("WARN the cluster's database does not answer (")
                    .endsWith("): this gateway waits for it");
            postgres.open();
            early.join().close();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("does not answer"))
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("P6: for ten minutes it is known that one that fell silent may stand still with its sessions open")
    void theSessionsOfOneThatFellSilentCount() throws Exception {
        try (Leadership silent = lead("one", LONG)) {
            assertThat(silent.afterSilence()).isFalse();
            theLeaseEnds();
            try (Leadership second = lead("two", LONG)) {
                assertThat(second.afterSilence()).isTrue();
            }
            try (Leadership third = lead("three", LONG)) {
                assertThat(third.afterSilence())
                        .as("the second has ended, but perhaps not the first")
                        .isTrue();
            }
        }
        say("update mailchute_cluster.lease set silent = silent - interval '10 minutes'");
        try (Leadership later = lead("four", LONG)) {
            assertThat(later.afterSilence()).isFalse();
        }
    }

    @Test
    void tablesOfALaterVersionKeepNobodyFromWorking() throws Exception {
        lead("later", LONG).close();
        say("insert into mailchute_cluster.flyway_schema_history values"
                + " (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'mailchute', now(), 1, true)");
        try (Leadership earlier = lead("earlier", LONG)) {
            assertThat(earlier.confirm()).isTrue();
        }
    }

    private static Budget minute(Leadership leadership) throws IOException {
        Uptime uptime = new Uptime(Optional.empty(), Clock.systemUTC()::millis);
        return Budget.open(leadership.budgets(), "scanner.minute", 3, MINUTE, Clock.systemUTC(), uptime);
    }

    @Test
    @DisplayName("P6: what a mailbox sent counts for whoever takes over, and whoever lost its lease takes nothing more")
    void aBudgetIsWhoseLeaseIsTheLast() throws Exception {
        try (Leadership first = lead("one", LONG)) {
            Budget before = minute(first);
            before.take(1).orElseThrow().end(1, false);
            Budget.Spending underWay = before.take(1).orElseThrow();
            theLeaseEnds();
            try (Leadership second = lead("two", LONG)) {
                Budget after = minute(second);
                assertThat(after.left()).as("one was sent, one may be").isEqualTo(1);
                assertThatThrownBy(() -> before.take(1)).isInstanceOf(IOException.class);
                underWay.end(1, false); // it had begun, and ends
                assertThat(minute(second).left())
                        .as("opened again, as after a reload")
                        .isEqualTo(1);
                after.take(1).orElseThrow().end(0, false);
                assertThat(after.left()).as("not used").isEqualTo(1);
                assertThatThrownBy(() -> minute(first)).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    @DisplayName("a gateway whose connection vanished in the midst of a transaction keeps none that takes over waiting")
    void whoVanishedHoldsNothing() throws Exception {
        try (Leadership first = lead("one", Duration.ofSeconds(4));
                ClusterDatabase of = new ClusterDatabase(new ClusterPlan(database(), Duration.ofSeconds(4)))) {
            minute(first);
            assertThatThrownBy(() -> of.transact(sql -> {
                        sql.change("update budget set number = number");
                        assertThatCode(() -> minute(first)).doesNotThrowAnyException();
                        return sql.change("update budget set number = number");
                    }))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    @DisplayName("of connections that fell silent one costs a question at the most: the next is asked over a new one")
    void whatFellSilentIsNotTriedOneByOne() throws Exception {
        try (Firewall firewall = new Firewall(postgres.port());
                ClusterDatabase behind = new ClusterDatabase(new ClusterPlan(
                        new Postgres(RealPostgres.url(firewall.port()), Optional.of("mailchute"), Optional.empty()),
                        Duration.ofSeconds(8)))) {
            assertThat(all(behind, 4)).isEqualTo(4);
            firewall.forget();
            assertThat(catchThrowable(() -> all(behind, 1)))
                    .as("one that was in use just now is not looked at")
                    .satisfiesAnyOf(
                            lost -> assertThat(lost).isNull(),
                            lost -> assertThat(lost).isInstanceOf(SQLException.class));
            assertThat(all(behind, 1)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("the tables are made however short the lease is")
    void aLeaseCutsNoScriptShort() throws Exception {
        say("create schema mailchute_cluster");
        try (Connection other = database().source(MINUTE, MINUTE).getConnection();
                Statement said = other.createStatement()) {
            other.setAutoCommit(false);
            said.execute("create table mailchute_cluster.lease ()"); // of which nobody hears before it is committed
            CompletableFuture<Leadership> first = standby("one", Duration.ofSeconds(4));
            await("a script waits for longer than a lease's questions may")
                    .until(() -> count(
                                    "pg_stat_activity where query like '%create table lease%'"
                                            + " and wait_event_type = 'Lock' and clock_timestamp() - query_start > interval '1200 ms'")
                            == 1);
            other.rollback();
            first.join().close();
        }
    }

    @Test
    void aDatabaseThatOnlyReadsForAWhileIsWaitedFor() throws Exception {
        lead("none", LONG).close();
        try (LogLines log = LogLines.of("org.mailchute.cluster");
                Connection other = database().source(MINUTE, MINUTE).getConnection();
                Statement said = other.createStatement()) {
            said.execute("alter role mailchute set default_transaction_read_only = on");
            CompletableFuture<Leadership> first = standby("one", Duration.ofSeconds(4));
            try {
                await().until(() -> !log.lines().isEmpty());
                assertThat(log.lines().get(0)).contains("cannot execute INSERT in a read-only transaction");
            } finally {
                said.execute("alter role mailchute reset default_transaction_read_only");
            }
            await("by a connection that began later").until(first::isDone);
            first.join().close();
        }
    }

    /** Asks over so many connections at once. */
    private static int all(ClusterDatabase database, int many) throws SQLException {
        return database.ask(sql -> {
            sql.rows("select 1", List.of(), row -> row.getInt(1));
            return many == 1 ? 1 : 1 + all(database, many - 1);
        });
    }

    @Test
    void whatCountsNoLongerIsForgotten() throws Exception {
        try (Leadership first = lead("one", LONG)) {
            Budget minute = minute(first);
            minute.take(1).orElseThrow().end(1, false);
            minute.take(1).orElseThrow().end(1, true);
            say("update mailchute_cluster.spending set ended = ended - interval '125 seconds'");
            assertThat(minute(first).left()).isEqualTo(3);
            assertThat(rows())
                    .as("the second might still have arrived until five seconds ago")
                    .isEqualTo(1);
        }
    }

    private static long heldByOne() {
        try {
            return count("mailchute_cluster.lease where node = 'one' and until > clock_timestamp()");
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static long rows() throws SQLException {
        return count("mailchute_cluster.spending");
    }

    private static long count(String rows) throws SQLException {
        try (Connection connection = database().source(MINUTE, MINUTE).getConnection();
                Statement said = connection.createStatement();
                var counted = said.executeQuery("select count(*) from " + rows)) {
            counted.next();
            return counted.getLong(1);
        }
    }
}
