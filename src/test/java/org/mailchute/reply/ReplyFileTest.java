package org.mailchute.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailchute.reply.Verdict.Action;

/** An administrator's own rows. */
class ReplyFileTest {
    private static final String GOOD = """
            - code: 550
              enhanced: 5.7.133
              scope: recipient
              verdict: retry
              cause: Our group opens at nine.
              example: "550 5.7.133 not now"
            """;

    @TempDir
    Path folder;

    @Test
    void anAdministratorsRowWinsOverAShippedOneThatIsJustAsSpecific() throws Exception {
        ReplyTable table = ReplyTable.load(file(GOOD));
        Verdict verdict = table.judge(
                Option.RELAY, Service.EXCHANGE_ONLINE, Stage.RCPT, new Reply(550, "5.7.133 Sender not authenticated"));
        assertThat(verdict.cause()).isEqualTo("Our group opens at nine.");
        assertThat(verdict.action()).isEqualTo(Action.RETRY);
    }

    @Test
    void enhancedAndTextWinOverEnhancedAndThatOverCodeInWhateverOrderTheyStand() throws Exception {
        String rows = row("both", "code: 550\n  enhanced: 5.9.1\n  text: why", "550 5.9.1 why")
                + row("enhanced", "enhanced: 5.9.1", "550 5.9.1 else")
                + row("text", "text: why", "550 why")
                + row("code", "code: 550", "550 else");
        ReplyTable table = ReplyTable.load(file(rows));
        assertThat(cause(table, "5.9.1 oh WHY not")).isEqualTo("both");
        assertThat(cause(table, "5.9.1 oh")).isEqualTo("enhanced");
        assertThat(cause(table, "5.9.2 why")).isEqualTo("text");
        assertThat(cause(table, "5.9.2 oh")).isEqualTo("code");
        assertThat(cause(table, "5.9.10 oh")).isEqualTo("code");
    }

    @Test
    void aRowForOneStageWinsOverARowForAll() throws Exception {
        String rows = row("at RCPT", "code: 550\n  stage: rcpt", "550 no") + row("anywhere", "code: 550", "550 no");
        ReplyTable table = ReplyTable.load(file(rows));
        assertThat(cause(table, "no")).isEqualTo("at RCPT");
        assertThat(table.judge(Option.RELAY, Service.EXCHANGE_ONLINE, Stage.MAIL, new Reply(550, "no"))
                        .cause())
                .isEqualTo("anywhere");
    }

    @Test
    void besideAnEnhancedCodeOnlyTheFirstDigitOfTheReplyCodeCounts() throws Exception {
        ReplyTable table = ReplyTable.load(file(row("mine", "code: 550\n  enhanced: 5.9.1", "550 5.9.1 no")));
        assertThat(table.judge(Option.RELAY, Service.EXCHANGE_ONLINE, Stage.RCPT, new Reply(554, "5.9.1 no"))
                        .cause())
                .isEqualTo("mine");
        assertThat(table.judge(Option.RELAY, Service.EXCHANGE_ONLINE, Stage.RCPT, new Reply(451, "5.9.1 no"))
                        .cause())
                .isNotEqualTo("mine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cause: Our group opens at nine.   | ''                      | 1 | cause: found nothing, expected a value",
                "cause: Our group opens at nine.   | cause:                  | 1 | cause: found nothing, expected a value",
                "scope: recipient                  | scope: everybody        | 3 | scope: found \"everybody\", expected one of session, sender, recipient, message",
                "verdict: retry                    | verdict: uncertain      | 4 | verdict: found \"uncertain\", expected one of retry, pause, hold, reject",
                "verdict: retry                    | verdict: reject         | 1 | remedy: found nothing, expected a remedy, since the row holds or rejects",
                "verdict: retry                    | verdikt: retry          | 4 | found the unknown key \"verdikt\", expected one of cause, code, ease, enhanced, example, holdAfter, mayFallOver, options, pauseAfter, remedy, scope, services, stage, text, verdict, waitAtLeast",
                "verdict: retry                    | scope: sender           | 4 | scope: found the key a second time, expected each key once in a row",
                "verdict: retry                    | verdict: [retry, hold]  | 4 | found several values, expected a single value",
                "enhanced: 5.7.133                 | enhanced: 5.7           | 2 | enhanced: found \"5.7\", expected an enhanced status code such as 5.7.1 or 5.7.606-649",
                "enhanced: 5.7.133                 | enhanced: 5.7.20-10     | 2 | enhanced: found \"5.7.20-10\", expected a range that does not end before it begins",
                "code: 550                         | code: 250               | 1 | code: found \"250\", expected a reply code from 400 to 599, or none",
                "verdict: retry                    | 'verdict: retry\n  holdAfter: soon' | 5 | holdAfter: found \"soon\", expected a time such as 30m or 1h, or a number such as 5 recipients",
                "verdict: retry                    | 'verdict: retry\n  waitAtLeast: 5 recipients' | 5 | waitAtLeast: found \"5 recipients\", expected a time such as 30m or 1h",
                "verdict: retry                    | 'verdict: hold\n  remedy: Ask.\n  waitAtLeast: 1h' | 6 | waitAtLeast: found a time to wait, and neither retry nor pause, expected retry or pause beside waitAtLeast",
                "verdict: retry                    | 'verdict: retry\n  holdAfter: 1h' | 1 | remedy: found nothing, expected a remedy, since the row holds or rejects",
                "verdict: retry                    | 'verdict: pause\n  pauseAfter: 1h' | 4 | verdict: found a lane that stops at once, expected retry or reject beside holdAfter or pauseAfter",
                "example: \"550 5.7.133 not now\"  | example: no             | 6 | example: found \"no\", expected a reply line such as 550 5.1.1 User unknown",
                "example: \"550 5.7.133 not now\"  | example: \"550 5.7.1 x\"| 6 | example: found a reply this row does not know, expected one that it does",
                "example: \"550 5.7.133 not now\"  | example: \"550          | 7 | found found unexpected end of stream, expected YAML",
            })
    void aBadRowIsToldWithFileAndLine(String good, String bad, int line, String error) throws IOException {
        Path file = file(GOOD.replace(good, bad));
        assertThatThrownBy(() -> ReplyTable.load(file))
                .asInstanceOf(type(BadReplyRows.class))
                .satisfies(e -> assertThat(e.rows())
                        .extracting(Object::toString)
                        .containsExactly(file + ":" + line + ": " + error));
    }

    @Test
    void allBadRowsAreToldAtOnceOneErrorEach() throws IOException {
        Path file = file("- code: 99\n  verdict: nonsense\n" + GOOD + "- just text\n- verdict: hold\n");
        assertThatThrownBy(() -> ReplyTable.load(file))
                .asInstanceOf(type(BadReplyRows.class))
                .satisfies(e -> assertThat(e.rows())
                        .extracting(Object::toString)
                        .containsExactly(
                                file + ":2: " + NONSENSE,
                                file + ":9: found no row, expected a row of \"key: value\"",
                                file + ":10: scope: found nothing, expected a value"));
    }

    private static final String NONSENSE =
            "verdict: found \"nonsense\", expected one of accept, retry, pause, hold, uncertain, reject";

    @Test
    void aRowMustSayWhatItKnowsARepliesBy() throws IOException {
        Path file = file(GOOD.replace("- code: 550\n  enhanced: 5.7.133\n  ", "- "));
        assertThatThrownBy(() -> ReplyTable.load(file))
                .hasMessageContaining(":1: found nothing to know a reply by, expected a code");
    }

    @Test
    void anEmptyFileHasNoRowsAndAFileThatIsNoListIsToldSo() throws Exception {
        assertThat(ReplyTable.load(file("# nothing yet\n")).rows())
                .hasSameSizeAs(ReplyTable.load().rows().toList());
        Path map = file("code: 550\n");
        assertThatThrownBy(() -> ReplyTable.load(map))
                .hasMessageContaining(":1: found no list, expected a list of rows");
    }

    private static String row(String cause, String criteria, String example) {
        return "- " + criteria + "\n  scope: recipient\n  verdict: retry\n  cause: " + cause + "\n  example: " + example
                + "\n";
    }

    private static String cause(ReplyTable table, String text) {
        return table.judge(Option.RELAY, Service.EXCHANGE_ONLINE, Stage.RCPT, new Reply(550, text))
                .cause();
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("own.yaml"), yaml);
    }
}
