package org.mailchute.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps the table in {@code src/docs/errors.md} the same as {@code replies.yaml}. To write it anew:
 * {@code mvn test -Dtest=ErrorsPageTest -Dmailchute.write=true}.
 */
class ErrorsPageTest {
    private static final Path PAGE = Path.of("src/docs/errors.md");
    private static final String BEGIN = "<!-- replies: from replies.yaml, written by ErrorsPageTest -->\n";
    private static final String END = "<!-- end of replies -->";

    @Test
    void thePageShowsEveryRowOfRepliesYaml() throws Exception {
        String table = table(ReplyTable.load().rows().toList());
        if (Boolean.getBoolean("mailchute.write")) {
            String page = Files.readString(PAGE);
            Files.writeString(
                    PAGE, page.substring(0, page.indexOf(BEGIN)) + BEGIN + table + page.substring(page.indexOf(END)));
        }
        assertThat(Files.readString(PAGE)).contains(BEGIN + table + END);
    }

    private static String table(List<ReplyRow> rows) {
        return "\n| Code | Such as | Option | What it means | What Mailchute does | What you do |\n|---|---|---|---|---|---|\n"
                + rows.stream().map(ErrorsPageTest::line).collect(Collectors.joining())
                + "\n";
    }

    private static String line(ReplyRow row) {
        return "| %s | `%s` | %s | %s | %s | %s |%n"
                .formatted(
                        codes(row),
                        row.example().toString().replace("|", "\\|"),
                        options(row),
                        cell(row.verdict().cause()),
                        does(row.verdict()) + lasts(row.verdict()),
                        row.verdict().remedy().isEmpty()
                                ? "nothing"
                                : cell(row.verdict().remedy()))
                .replace("\r\n", "\n");
    }

    private static String codes(ReplyRow row) {
        Stream<String> replies = row.codes().stream().map(code -> code == Reply.NO_REPLY ? "no reply" : "" + code);
        String enhanced = row.enhanced().stream().map(EnhancedRange::toString).collect(Collectors.joining(", "));
        return (replies.collect(Collectors.joining("/")) + " " + enhanced).strip();
    }

    private static String options(ReplyRow row) {
        String options = row.options().equals(Option.BY_SMTP)
                ? "all by SMTP"
                : row.options().stream().map(Option::label).sorted().collect(Collectors.joining(", "));
        return row.services().size() == Service.values().length
                ? options
                : options
                        + row.services().stream()
                                .map(Service::label)
                                .sorted()
                                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String does(Verdict verdict) {
        String whose = verdict.scope().name().toLowerCase(Locale.ROOT);
        return switch (verdict.action()) {
            case RETRY -> "**retries** " + when(verdict.waitAtLeast()) + " (" + whose + ")";
            case PAUSE -> "**pauses**" + first(verdict.waitAtLeast()) + " (" + whose + ")";
            case HOLD -> "**holds** the lane (" + whose + ")";
            default -> "**dead letter** (" + whose + ")";
        };
    }

    private static String when(Duration least) {
        return least.isZero() ? "later" : "after " + least.toMinutes() + " min or later";
    }

    private static String first(Duration pause) {
        return pause.isZero() ? "" : " for " + pause.toSeconds() + " s at first";
    }

    private static String lasts(Verdict verdict) {
        return verdict.lasting()
                .map(it ->
                        "; **" + it.then().name().toLowerCase(Locale.ROOT) + "s** the lane once it has gone on " + it)
                .orElse("");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;");
    }
}
