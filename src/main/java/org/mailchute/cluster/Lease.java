package org.mailchute.cluster;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A row that one of several gateways holds for a while. All times are the database's, so no node's clock is asked. An answer says what
 * was so when the statement was computed, which may be long ago when it arrives (findings/postgresql-time-before-the-wait.sh): who
 * asks counts from before it asked.
 */
final class Lease {
    private static final String NAME = "gateway";

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
     * @param afterSilence whoever had it before never gave it back, and may be there still
     */
    record Taken(long number, boolean afterSilence) {}

    /** Takes it where it is free, and prolongs it where it is ours; empty while another holds it. */
    Optional<Taken> take() throws SQLException {
        String sql = "insert into lease as held (name, holder, node, number, until)"
                + " values (?, ?, ?, 1, clock_timestamp() + ? * interval '1 millisecond')"
                + " on conflict (name) do update set holder = excluded.holder, node = excluded.node,"
                + " number = held.number + case when held.holder = excluded.holder then 0 else 1 end,"
                + " until = clock_timestamp() + ? * interval '1 millisecond'"
                + " where held.holder = excluded.holder or held.until < clock_timestamp()"
                + " returning number, number - 1 > released";
        return database
                .ask(on -> on.rows(
                        sql,
                        List.of(NAME, holder, node, millis, millis),
                        row -> new Taken(row.getLong(1), row.getBoolean(2))))
                .stream()
                .findFirst();
    }

    /** Who has it, in words for people; empty where it is free. */
    Optional<String> holder() throws SQLException {
        return first(
                "select node from lease where name = ? and until >= clock_timestamp()", List.of(NAME), String.class);
    }

    /** Whether nobody has taken it since. */
    boolean is(long number) throws SQLException {
        return first("select number from lease where name = ? and number = ?", List.of(NAME, number), Long.class)
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
                "update lease set until = clock_timestamp(), released = number where name = ? and holder = ?",
                NAME,
                holder));
    }

    private <T> Optional<T> first(String sql, List<?> values, Class<T> type) throws SQLException {
        return database.ask(on -> on.rows(sql, values, row -> row.getObject(1, type))).stream()
                .findFirst();
    }
}
