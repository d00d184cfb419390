package org.mailchute.cluster;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mailchute.database.Sql;

/**
 * A row that one of several gateways holds for a while. All times are the database's, so no node's clock is asked. An answer says what
 * was so when the statement was computed, which may be long ago when it arrives (findings/postgresql-time-before-the-wait.sh): who
 * asks counts from before it asked.
 */
final class Lease {
    private static final String NAME = "gateway";
    /** The holder after one that said that it ends. */
    private static final String NOBODY = "";

    private final ClusterDatabase database;
    private final String node;
    private final long millis;
    /** Of this start: one that comes again is another, and waits until the lease of the one before has ended. */
    private final String holder = UUID.randomUUID().toString();

    /** @param node for people */
    Lease(ClusterDatabase database, ClusterPlan plan, String node) {
        this.database = database;
        this.node = node;
        this.millis = plan.lease().toMillis();
    }

    /**
     * That it is ours.
     *
     * @param number grows with each new holder
     * @param silence since it was last taken from one that had not given it back; empty when it never was
     */
    record Taken(long number, Optional<Duration> silence) {}

    /** Takes it where it is free, and prolongs it where it is ours; empty while another holds it. */
    Optional<Taken> take() throws SQLException {
        String sql = "insert into lease as held (name, holder, node, number, until)"
                + " values (?, ?, ?, 1, clock_timestamp() + ? * interval '1 millisecond')"
                + " on conflict (name) do update set holder = excluded.holder, node = excluded.node,"
                + " number = held.number + case when held.holder = excluded.holder then 0 else 1 end,"
                + " silent = case when held.holder in (excluded.holder, ?) then held.silent else clock_timestamp() end,"
                + " until = clock_timestamp() + ? * interval '1 millisecond'"
                + " where held.holder = excluded.holder or held.until < clock_timestamp()"
                + " returning number, (extract(epoch from clock_timestamp() - silent) * 1000)::bigint";
        return first(sql, List.of(NAME, holder, node, millis, NOBODY, millis), Lease::taken);
    }

    private static Taken taken(ResultSet row) throws SQLException {
        Optional<Long> silence = Optional.ofNullable(row.getObject(2, Long.class));
        return new Taken(row.getLong(1), silence.map(Duration::ofMillis));
    }

    /** Who has it, in words for people; empty where it is free. */
    Optional<String> holder() throws SQLException {
        return first(
                "select node from lease where name = ? and until >= clock_timestamp()",
                List.of(NAME),
                row -> row.getString(1));
    }

    /** Whether nobody has taken it since. */
    boolean is(long number) throws SQLException {
        return first("select number from lease where name = ? and number = ?", List.of(NAME, number), row -> true)
                .isPresent();
    }

    /** This gateway waits for it. */
    void waits() throws SQLException {
        String sql = "insert into standby (holder, node, seen) values (?, ?, clock_timestamp())"
                + " on conflict (holder) do update set seen = excluded.seen";
        database.ask(on -> on.change(sql, holder, node));
    }

    /** Who waits for it, and has said so within the time of a lease. */
    List<String> standbys() throws SQLException {
        String gone = "delete from standby where holder = ? or seen < clock_timestamp() - ? * interval '1 millisecond'";
        return database.transact(on -> {
            on.change(gone, holder, millis);
            return on.rows("select node from standby order by node", List.of(), row -> row.getString(1));
        });
    }

    /** Ours ends now: another need not wait. */
    void release() throws SQLException {
        database.ask(sql -> sql.change(
                "update lease set until = clock_timestamp(), holder = ? where name = ? and holder = ?",
                NOBODY,
                NAME,
                holder));
    }

    private <T> Optional<T> first(String sql, List<?> values, Sql.Row<T> row) throws SQLException {
        return database.ask(on -> on.rows(sql, values, row)).stream().findFirst();
    }
}
