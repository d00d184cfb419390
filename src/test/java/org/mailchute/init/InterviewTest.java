package org.mailchute.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person answers. */
class InterviewTest {
    private final StringWriter shown = new StringWriter();

    private Map<Question, String> answered(String typed, Map<Question, String> given) throws Exception {
        return new Interview(new BufferedReader(new StringReader(typed)), new PrintWriter(shown)).ask(given);
    }

    @Test
    void sevenQuestionsAreAskedAndAnEmptyLineTakesWhatStandsInBrackets() throws Exception {
        Map<Question, String> answers = answered("scanner@contoso.com\n\n\noffice@contoso.com\n\n\n\n", Map.of());

        assertThat(answers)
                .hasSize(7)
                .containsEntry(Question.NAME, "gateway.contoso.com")
                .containsEntry(Question.INTAKES, "folder")
                .containsEntry(Question.TO, "office@contoso.com")
                .containsEntry(Question.KNOWN_BY, "none");
        assertThat(shown.toString()).contains("Full host name of this machine [gateway.contoso.com]: ");
    }

    @Test
    void whatIsNoAnswerIsAskedAgainWithWhatWasExpected() throws Exception {
        Map<Question, String> answers = answered(
                "\nscanner\nscanner@contoso.com\nlocalhost\n\nfax\nsmtp\ninside\nmany\n20\n999.1.1.1\n203.0.113.7\n",
                Map.of());

        assertThat(answers)
                .as("nobody is asked who gets scans where there are none")
                .hasSize(6)
                .containsEntry(Question.RECIPIENTS, "20")
                .containsEntry(Question.KNOWN_BY, "203.0.113.7");
        assertThat(shown.toString())
                .contains(
                        "  nothing is no answer: expected a mail address such as scanner@contoso.com",
                        "  \"scanner\" is no answer: expected a mail address",
                        "  \"fax\" is no answer: expected one or more of folder, ftp",
                        "  \"999.1.1.1\" is no answer: expected an IPv4 address, a host name, or none");
    }

    @Test
    void whatIsGivenIsNotAsked() throws Exception {
        answered("scanner@contoso.com\n\n\n\n\n", Map.of(Question.NAME, "a.contoso.com", Question.INTAKES, "pickup"));
        assertThat(shown.toString()).doesNotContain("Full host name", "How mail comes");
    }

    @Test
    void theEndOfTheInputSaysWhichQuestionIsOpenAndHowElseToAnswerIt() {
        assertThatThrownBy(() -> answered("scanner@contoso.com\n", Map.of()))
                .isInstanceOf(Interview.Ended.class)
                .hasMessage("the input ended before \"Full host name of this machine\" was answered; give it as --name,"
                        + " or all in a file by --answers");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from       | scanner@contoso.com      | @contoso.com
            name       | gw-1.contoso.com         | 10.0.0.1
            intakes    | folder, smtp             | folder,
            to         | a@contoso.com,b@x.org    | a@contoso.com b@x.org
            reach      | inside                   | outside
            recipients | 0                        | -1
            known-by   | gateway.contoso.com      | 10.0.0.0/8
            known-by   | 203.0.113.7              | 203.0.113.256
            tenant     | AAAAAAAA-2222-3333-4444-555555555555 | common
            client-id  | 11111111-2222-3333-4444-555555555555 | mailchute
            send-as    | none                     | ceo
            home       | /srv/o'brien's mail      | /srv/${env:HOME}
            folder     | scans                    | /srv/scans?delete=true
            cloud      | gcc-high                 | moon
            lanes      | hve,submission           | mx""")
    void eachQuestionKnowsWhatIsAnAnswer(String key, String fine, String wrong) {
        Question question = Question.of(key).orElseThrow();
        assertThat(question.takes(fine)).as(fine).isTrue();
        assertThat(question.takes(wrong)).as(wrong).isFalse();
    }
}
