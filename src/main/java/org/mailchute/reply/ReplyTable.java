package org.mailchute.reply;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mailchute.reply.Verdict.Action;

/**
 * What replies mean: the rows of {@code replies.yaml}, and the first digit for replies no row knows. Safe between
 * threads.
 */
public final class ReplyTable {
    private final List<ReplyRow> rows;

    private ReplyTable(List<ReplyRow> rows) {
        this.rows = List.copyOf(rows);
    }

    /**
     * The shipped rows and those of an administrator's files, which win over shipped rows that are just as specific.
     *
     * @throws BadReplyRows when a row cannot be used; tells of all such rows at once
     * @throws IOException when a file cannot be read
     */
    public static ReplyTable load(Path... more) throws IOException, BadReplyRows {
        List<ReplyRowReader> files = new ArrayList<>(List.of(Shipped.FILE));
        for (Path file : more) {
            try (Reader own = Files.newBufferedReader(file)) {
                files.add(new ReplyRowReader(file.toString()).read(own));
            }
        }
        return of(files);
    }

    private static ReplyTable of(List<ReplyRowReader> files) throws BadReplyRows {
        List<BadReplyRows.BadRow> errors =
                files.stream().flatMap(file -> file.errors().stream()).toList();
        if (!errors.isEmpty()) {
            throw new BadReplyRows(errors);
        }
        return new ReplyTable(
                files.stream().flatMap(file -> file.rows().stream()).toList());
    }

    /** Read once: it does not change. */
    private static final class Shipped {
        static final ReplyRowReader FILE = read();

        private static ReplyRowReader read() {
            InputStream resource = Objects.requireNonNull(ReplyTable.class.getResourceAsStream("replies.yaml"));
            try (Reader rows = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
                return new ReplyRowReader("replies.yaml").read(rows);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What {@code reply} means, coming over this option from this service at this stage. */
    public Verdict judge(Option option, Service service, Stage stage, Reply reply) {
        return Unlisted.beforeRows(stage, reply)
                .or(() -> row(option, service, stage, reply)
                        .map(row ->
                                row.verdict().noSoonerThan(reply.retryAfter().orElse(Duration.ZERO))))
                .orElseGet(() -> option == Option.GRAPH && reply.code() != Reply.NO_REPLY
                        ? Unlisted.ofGraph(reply)
                        : Unlisted.verdict(stage, reply));
    }

    /** Whether the reply's meaning is known: a row is for it, or it needs none. Else its first digit has judged it. */
    public boolean knows(Option option, Service service, Stage stage, Reply reply) {
        return reply.code() == Reply.NO_REPLY
                || reply.positive()
                || row(option, service, stage, reply).isPresent();
    }

    /**
     * What became of a recipient whose fate {@code reply} decided. Where the recipient itself was accepted, that is the
     * reply to the final dot, or the one that ended the transaction earlier.
     */
    public Outcome outcome(Option option, Service service, Stage stage, Reply reply) {
        Verdict verdict = judge(option, service, stage, reply);
        if (verdict.action() == Action.REJECT) {
            return new Outcome.Rejected(reply, verdict);
        }
        if (verdict.action() != Action.ACCEPT) {
            return new Outcome.Deferred(reply, verdict);
        }
        return stage == Stage.END_OF_DATA
                ? new Outcome.Accepted(reply)
                : new Outcome.Deferred(reply, Unlisted.unfinished());
    }

    /** The row that judges this reply; of equally specific rows the last. */
    Optional<ReplyRow> row(Option option, Service service, Stage stage, Reply reply) {
        return rows.stream()
                .filter(row -> row.matches(option, service, stage, reply))
                .reduce((a, b) -> ReplyRow.SPECIFICITY.compare(a, b) > 0 ? a : b);
    }

    List<ReplyRow> rows() {
        return rows;
    }
}
