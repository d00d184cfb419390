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
import java.util.stream.Stream;
import org.mailchute.reply.Verdict.Action;

/**
 * What replies mean: the rows of {@code replies.yaml}, and the first digit for replies no row knows. Safe between
 * threads.
 */
public final class ReplyTable {
    private final List<ReplyRow> own;

    private ReplyTable(List<ReplyRow> own) {
        this.own = List.copyOf(own);
    }

    /**
     * The shipped rows and those of an administrator's files, which win over shipped rows that are just as specific.
     *
     * @throws BadReplyRows when a row cannot be used; tells of all such rows at once
     * @throws IOException when a file cannot be read
     */
    public static ReplyTable load(Path... more) throws IOException, BadReplyRows {
        List<ReplyRow> own = new ArrayList<>();
        List<BadReplyRows.BadRow> errors = new ArrayList<>();
        for (Path file : more) {
            try (Reader rows = Files.newBufferedReader(file)) {
                ReplyRowReader read = new ReplyRowReader(file.toString()).read(rows);
                own.addAll(read.rows());
                errors.addAll(read.errors());
            }
        }
        if (!errors.isEmpty()) {
            throw new BadReplyRows(errors);
        }
        return new ReplyTable(own);
    }

    /** Read once, for it does not change, and when the first reply is no acceptance: else it would take a twentieth of each start. */
    private static final class Shipped {
        static final List<ReplyRow> ROWS = read();

        private static List<ReplyRow> read() {
            InputStream resource = Objects.requireNonNull(ReplyTable.class.getResourceAsStream("replies.yaml"));
            try (Reader rows = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
                ReplyRowReader read = new ReplyRowReader("replies.yaml").read(rows);
                if (!read.errors().isEmpty()) {
                    throw new IllegalStateException("the shipped rows: " + read.errors());
                }
                return List.copyOf(read.rows());
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
        return rows().filter(row -> row.matches(option, service, stage, reply))
                .reduce((a, b) -> ReplyRow.SPECIFICITY.compare(a, b) > 0 ? a : b);
    }

    Stream<ReplyRow> rows() {
        return Stream.concat(Shipped.ROWS.stream(), own.stream());
    }
}
