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
        Verdict verdict = table.judge(Option.RELAY, Stage.RCPT, new Reply(550, "5.7.133 Sender not authenticated"));
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
        assertThat(table.judge(Option.RELAY, Stage.MAIL, new Reply(550, "no")).cause())
                .isEqualTo("anywhere");
    }

    @Test
    void besideAnEnhancedCodeOnlyTheFirstDigitOfTheReplyCodeCounts() throws Exception {
        ReplyTable table = ReplyTable.load(file(row("mine", "code: 550\n  enhanced: 5.9.1", "550 5.9.1 no")));
        assertThat(table.judge(Option.RELAY, Stage.RCPT, new Reply(554, "5.9.1 no"))
                        .cause())
                .isEqualTo("mine");
        assertThat(table.judge(Option.RELAY, Stage.RCPT, new Reply(451, "5.9.1 no"))
                        .cause())
                .isNotEqualTo("mine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cause: Our group opens at nine.   | ''                      | 1 | the row has no cause",
                "cause: Our group opens at nine.   | cause:                  | 1 | the row has no cause",
                "scope: recipient                  | scope: everybody        | 3 | \"everybody\" is none of [session, sender, recipient, message]",
                "verdict: retry                    | verdict: uncertain      | 4 | \"uncertain\" is none of retry, pause, hold, reject",
                "verdict: retry                    | verdict: reject         | 1 | a row that holds or rejects needs a remedy",
                "verdict: retry                    | verdikt: retry          | 4 | unknown key \"verdikt\"",
                "verdict: retry                    | scope: sender           | 4 | the key \"scope\" stands twice",
                "verdict: retry                    | verdict: [retry, hold]  | 4 | expected a single value",
                "enhanced: 5.7.133                 | enhanced: 5.7           | 2 | \"5.7\" is no enhanced status code such as 5.7.1 or 5.7.606-649",
                "enhanced: 5.7.133                 | enhanced: 5.7.20-10     | 2 | \"5.7.20-10\" ends before it begins",
                "code: 550                         | code: 250               | 1 | \"250\" is no reply code from 400 to 599, nor \"none\"",
                "example: \"550 5.7.133 not now\"  | example: no             | 6 | \"no\" is no reply line such as 550 5.1.1 User unknown",
                "example: \"550 5.7.133 not now\"  | example: \"550 5.7.1 x\"| 1 | the row does not know its own example",
                "example: \"550 5.7.133 not now\"  | example: \"550          | 7 | not YAML: found unexpected end of stream",
            })
    void aBadRowIsToldWithFileAndLine(String good, String bad, int line, String error) throws IOException {
        Path file = file(GOOD.replace(good, bad));
        assertThatThrownBy(() -> ReplyTable.load(file))
                .asInstanceOf(type(BadReplyRows.class))
                .satisfies(e -> assertThat(e.errors()).containsExactly(file + ":" + line + ": " + error));
    }

    @Test
    void allBadRowsAreToldAtOnceOneErrorEach() throws IOException {
        Path file = file("- code: 99\n  verdict: nonsense\n" + GOOD + "- just text\n- verdict: hold\n");
        assertThatThrownBy(() -> ReplyTable.load(file))
                .asInstanceOf(type(BadReplyRows.class))
                .satisfies(e -> assertThat(e.errors())
                        .containsExactly(
                                file + ":2: " + NONSENSE,
                                file + ":9: expected a row of \"key: value\"",
                                file + ":10: the row has no scope"));
    }

    private static final String NONSENSE = "\"nonsense\" is none of [accept, retry, pause, hold, uncertain, reject]";

    @Test
    void aRowMustSayWhatItKnowsARepliesBy() throws IOException {
        Path file = file(GOOD.replace("- code: 550\n  enhanced: 5.7.133\n  ", "- "));
        assertThatThrownBy(() -> ReplyTable.load(file)).hasMessageContaining(":1: the row needs a code");
    }

    @Test
    void anEmptyFileHasNoRowsAndAFileThatIsNoListIsToldSo() throws Exception {
        assertThat(ReplyTable.load(file("# nothing yet\n")).rows())
                .hasSameSizeAs(ReplyTable.load().rows());
        Path map = file("code: 550\n");
        assertThatThrownBy(() -> ReplyTable.load(map)).hasMessageContaining(":1: expected a list of rows");
    }

    private static String row(String cause, String criteria, String example) {
        return "- " + criteria + "\n  scope: recipient\n  verdict: retry\n  cause: " + cause + "\n  example: " + example
                + "\n";
    }

    private static String cause(ReplyTable table, String text) {
        return table.judge(Option.RELAY, Stage.RCPT, new Reply(550, text)).cause();
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("own.yaml"), yaml);
    }
}
