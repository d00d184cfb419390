package org.mailchute.cluster;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mailchute.database.Sql;
import org.mailchute.limits.BudgetJournal;
import org.mailchute.limits.Lead;
import org.mailchute.limits.Uptime;

/**
 * What is taken of a budget, a row each, by the database's clock. The budget's own row has the number of the lease under which it was
 * opened last, and whoever takes names his: so one that has lost its lease takes nothing, even where it does not know yet. A number in
 * another table would fence nothing (findings/postgresql-fence-in-another-table.sh).
 */
final class BudgetTable implements BudgetJournal {
    private static final int MANY = 20_000;

    private final ClusterDatabase database;
    private final String name;
    private final long number;
    private final long window;
    private final Uptime uptime;
    /** Of what is under way, by the budget's own ids. */
    private final Map<Long, Long> rows = new HashMap<>();

    private int noted;

    /** @param number of the lease */
    BudgetTable(ClusterDatabase database, String name, long number, Duration window, Uptime uptime) {
        this.database = database;
        this.name = name;
        this.number = number;
        this.window = window.toMillis();
        this.uptime = uptime;
    }

    @Override
    public Past past() throws IOException {
        return answered(() -> database.transact(this::opened));
    }

    private Past opened(Sql sql) throws SQLException {
        int mine = sql.change(
                "insert into budget as known (name, number) values (?, ?)"
                        + " on conflict (name) do update set number = excluded.number"
                        + " where known.number <= excluded.number",
                name,
                number);
        if (mine == 0) {
            throw new SQLException(Lead.OVER);
        }
        sql.change(
                "update spending set ended = clock_timestamp() + ? * interval '1 millisecond'"
                        + " where budget = ? and ended is null",
                UNHEARD.toMillis(),
                name);
        long now = uptime.millis();
        Map<Long, Long> ended = new HashMap<>();
        sql.rows(
                        "select many, (extract(epoch from ended - clock_timestamp()) * 1000)::bigint from spending"
                                + " where budget = ?",
                        List.of(name),
                        row -> Map.entry(now + row.getLong(2), row.getLong(1)))
                .forEach(one -> ended.merge(one.getKey(), one.getValue(), Long::sum));
        return new Past(ended, 0, false);
    }

    @Override
    public void begins(long id, int many) throws IOException {
        List<Long> row = answered(() -> database.ask(sql -> sql.rows(
                "insert into spending (budget, many) select name, ? from budget where name = ? and number = ?"
                        + " for share returning id",
                List.of(many, name, number),
                one -> one.getLong(1))));
        if (row.isEmpty()) {
            throw new IOException(Lead.OVER);
        }
        rows.put(id, row.get(0));
        noted++;
    }

    @Override
    public void ends(long id, int used, boolean unheard) throws IOException {
        Long row = Objects.requireNonNull(rows.remove(id));
        answered(() -> database.ask(sql -> sql.change(
                "update spending set many = ?, ended = clock_timestamp() + ? * interval '1 millisecond' where id = ?",
                used,
                unheard ? UNHEARD.toMillis() : 0,
                row)));
    }

    @Override
    public boolean isLong() {
        return noted >= MANY;
    }

    @Override
    public void shorten(Map<Long, Long> ended, Map<Long, Integer> underWay) throws IOException {
        answered(() -> database.ask(sql -> sql.change(
                "delete from spending where budget = ? and ended < clock_timestamp() - ? * interval '1 millisecond'",
                name,
                window + UNHEARD.toMillis())));
        noted = 0;
    }

    private interface Question<T> {
        T ask() throws SQLException;
    }

    private static <T> T answered(Question<T> question) throws IOException {
        try {
            return question.ask();
        } catch (SQLException e) {
            throw new IOException("the cluster's database: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        // what is under way stays so
    }
}
