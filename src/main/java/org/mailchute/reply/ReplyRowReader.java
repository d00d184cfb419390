package org.mailchute.reply;

import java.io.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.mailchute.reply.BadReplyRows.BadRow;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads one file of rows and gathers what is wrong with it, one error a row. */
final class ReplyRowReader {
    private static final Set<Action> IN_A_ROW = EnumSet.of(Action.RETRY, Action.PAUSE, Action.HOLD, Action.REJECT);

    private static final Pattern CODE = Pattern.compile("[45]\\d\\d");
    private static final Pattern LINE = Pattern.compile("[45]\\d\\d .+");

    private final String file;
    private final List<ReplyRow> rows = new ArrayList<>();
    private final List<BadRow> errors = new ArrayList<>();

    ReplyRowReader(String file) {
        this.file = file;
    }

    List<ReplyRow> rows() {
        return rows;
    }

    List<BadRow> errors() {
        return errors;
    }

    ReplyRowReader read(Reader yaml) {
        try {
            new Compose(LoadSettings.builder().setLabel(file).build())
                    .composeReader(yaml)
                    .ifPresent(this::rows);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            error(line, String.valueOf(e.getProblem()), "YAML");
        } catch (YamlEngineException e) {
            error(1, String.valueOf(e.getMessage()), "YAML");
        }
        return this;
    }

    private void rows(Node document) {
        if (document instanceof SequenceNode sequence) {
            sequence.getValue().forEach(this::row);
        } else {
            error(1, "no list", "a list of rows, each beginning with \"- \"");
        }
    }

    private void row(Node node) {
        try {
            RowNode fields = new RowNode(node);
            rows.add(checked(row(fields), fields));
        } catch (RowNode.Fault e) {
            errors.add(e.in(file));
        }
    }

    private ReplyRow row(RowNode fields) {
        Action action = fields.one("verdict", ReplyRowReader::action);
        Scope scope = fields.one("scope", text -> named(Scope.class, text));
        String remedy = fields.optional("remedy").orElse("");
        return new ReplyRow(
                file + ":" + fields.line(),
                fields.many("code", ReplyRowReader::code),
                fields.many("enhanced", EnhancedRange::parse),
                fields.many("text", text -> text.toLowerCase(Locale.ROOT)),
                orElse(Option.BY_SMTP, fields.many("options", text -> named(Option.class, text))),
                orElse(EnumSet.allOf(Service.class), fields.many("services", text -> named(Service.class, text))),
                orElse(EnumSet.allOf(Stage.class), fields.many("stage", text -> named(Stage.class, text))),
                new Verdict(
                        scope,
                        action,
                        fields.one("cause", Function.identity()),
                        remedy,
                        Set.copyOf(fields.many("mayFallOver", text -> named(Option.class, text))),
                        fields.optional("ease")
                                .map(text -> named(Ease.class, text))
                                .orElse(Ease.NOTHING),
                        fields.optional("waitAtLeast").isPresent()
                                ? fields.one("waitAtLeast", Lasting::time)
                                : Duration.ZERO,
                        lasting(fields)),
                fields.one("example", ReplyRowReader::reply));
    }

    private static Optional<Lasting> lasting(RowNode fields) {
        Optional<Lasting> held = fields.many("holdAfter", text -> Lasting.parse(Action.HOLD, text)).stream()
                .findFirst();
        Optional<Lasting> paused = fields.many("pauseAfter", text -> Lasting.parse(Action.PAUSE, text)).stream()
                .findFirst();
        fields.require("pauseAfter", held.isEmpty() || paused.isEmpty(), "both", "holdAfter or pauseAfter");
        return held.or(() -> paused);
    }

    private static ReplyRow checked(ReplyRow row, RowNode fields) {
        fields.require(
                "",
                !(row.codes().isEmpty()
                        && row.enhanced().isEmpty()
                        && row.texts().isEmpty()),
                "nothing to know a reply by",
                "a code, an enhanced code or a text");
        checkActions(row.verdict(), fields);
        Option option = row.options().iterator().next();
        Service service = row.services().iterator().next();
        Stage stage = row.stages().iterator().next();
        fields.require(
                "example",
                row.matches(option, service, stage, row.example()),
                "a reply this row does not know",
                "one that it does");
        return row;
    }

    private static void checkActions(Verdict verdict, RowNode fields) {
        boolean holds = verdict.action() == Action.HOLD
                || verdict.lasting()
                        .filter(lasting -> lasting.then() == Action.HOLD)
                        .isPresent();
        fields.require(
                "remedy",
                !verdict.remedy().isEmpty() || !(holds || verdict.action() == Action.REJECT),
                "nothing",
                "a remedy, since the row holds or rejects");
        fields.require(
                verdict.lasting().isPresent() ? "verdict" : "",
                verdict.lasting().isEmpty() || !verdict.stopsLane(),
                "a lane that stops at once",
                "retry or reject beside holdAfter or pauseAfter");
        fields.require(
                "waitAtLeast",
                verdict.waitAtLeast().isZero() || verdict.action() == Action.RETRY || verdict.action() == Action.PAUSE,
                "a time to wait, and neither retry nor pause",
                "retry or pause beside waitAtLeast");
    }

    private static Action action(String text) {
        Action action = named(Action.class, text);
        if (!IN_A_ROW.contains(action)) {
            throw new IllegalArgumentException("one of retry, pause, hold, reject");
        }
        return action;
    }

    private static Integer code(String text) {
        if (text.equals("none")) {
            return Reply.NO_REPLY;
        }
        if (!CODE.matcher(text).matches()) {
            throw new IllegalArgumentException("a reply code from 400 to 599, or none");
        }
        return Integer.valueOf(text);
    }

    /** The reverse of {@link Reply#toString}. */
    private static Reply reply(String line) {
        if (line.startsWith("no reply: ")) {
            return Reply.none(line.substring(10));
        }
        if (!LINE.matcher(line).matches()) {
            throw new IllegalArgumentException("a reply line such as 550 5.1.1 User unknown");
        }
        return new Reply(Integer.parseInt(line.substring(0, 3)), line.substring(4));
    }

    private static <E extends Enum<E>> E named(Class<E> type, String text) {
        String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
        Optional<E> found =
                EnumSet.allOf(type).stream().filter(e -> e.name().equals(name)).findFirst();
        return found.orElseThrow(() -> new IllegalArgumentException("one of "
                + EnumSet.allOf(type)
                        .toString()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[\\[\\]]", "")
                        .replace('_', '-')));
    }

    private static <E extends Enum<E>> Set<E> orElse(Set<E> standard, List<E> values) {
        return values.isEmpty() ? standard : EnumSet.copyOf(values);
    }

    private void error(int line, String found, String expected) {
        errors.add(new BadRow(file, line, "", found, expected));
    }
}
