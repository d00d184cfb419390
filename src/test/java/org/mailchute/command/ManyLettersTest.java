package org.mailchute.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mailchute.command.ManagementClient.Refusal;
import org.mailchute.command.ManagementClient.Unanswered;
import org.mailchute.deadletter.DeadLetter;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.QueueId;

class ManyLettersTest {
    private static final String ONE = "00MFX2K1AB7Q0Z9C";
    private static final String TWO = "00MFX2K1AB7Q0Z9D";
    private static final String THREE = "00MFX2K1AB7Q0Z9E";
    private static final String FULL = "the mailbox is full";
    private static final String GONE = "the recipient does not exist";

    private final List<String> asked = new ArrayList<>();
    private final StringWriter err = new StringWriter();
    private final List<DeadLetter> letters = List.of(
            letter(ONE, FULL, "anna@contoso.com", "ben@contoso.com"),
            letter(TWO, GONE, "leaver@contoso.com"),
            letter(ONE, GONE, "gone@contoso.com"),
            letter(THREE, FULL, "carla@contoso.com"));

    @Test
    void aMessageAllOfWhoseLettersAreMeantIsDecidedAtOnceAndOfAnotherOnlyThoseThatAre() throws Exception {
        ManyLetters many = new ManyLetters(letters, letter -> letter.reason().equals(FULL));

        assertThat(many.forEach(this::decide, "dropped", new PrintWriter(err))).isZero();

        assertThat(asked).containsExactly(ONE + " anna@contoso.com", ONE + " ben@contoso.com", THREE + " all");
        assertThat(many.decided().toString()).contains(ONE, THREE, "dropped").doesNotContain(TWO);
    }

    @Test
    void whatIsRefusedIsToldAndTheOthersGoOn() throws Exception {
        ManyLetters many = new ManyLetters(letters, letter -> true);

        int refused = many.forEach(
                (message, only) -> {
                    if (message.equals(TWO)) {
                        throw new Refusal("the gateway refused: nobody may send there");
                    }
                    return decide(message, only);
                },
                "on its way again",
                new PrintWriter(err, true));

        assertThat(refused).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly(TWO + ": the gateway refused: nobody may send there");
        assertThat(many.decided()).extracting(JsonAnswers.Decided::queueId).containsExactly(ONE, THREE);
    }

    @Test
    void aGatewayThatDoesNotAnswerAnyMoreIsNotAskedThreeThousandTimesAndWhatWasDoneIsKnown() {
        ManyLetters many = new ManyLetters(letters, letter -> true);

        assertThatThrownBy(() -> many.forEach(
                        (message, only) -> {
                            if (message.equals(TWO)) {
                                throw new Unanswered("no gateway is running");
                            }
                            return decide(message, only);
                        },
                        "dropped",
                        new PrintWriter(err)))
                .hasMessage("no gateway is running");

        assertThat(asked).containsExactly(ONE + " all");
        assertThat(many.decided()).extracting(JsonAnswers.Decided::queueId).containsExactly(ONE);
    }

    @Test
    void whatSomebodyElseDecidedMeanwhileIsNotCounted() throws Exception {
        ManyLetters many = new ManyLetters(letters, letter -> true);

        many.forEach((message, only) -> List.of(), "dropped", new PrintWriter(err));

        assertThat(many.decided()).isEmpty();
    }

    private List<String> decide(String message, @Nullable String only) {
        asked.add(message + " " + (only == null ? "all" : only));
        return List.of(only == null ? "all" : only);
    }

    private static DeadLetter letter(String id, String reason, String... recipients) {
        Instant eight = Instant.parse("2026-11-30T08:00:00Z");
        List<ForwardPath> paths = Stream.of(recipients).map(ForwardPath::parse).toList();
        ClaimCheck check = new ClaimCheck(new QueueId(id), "mailbox", List.of("mailbox"), paths, 0, false, eight);
        return new DeadLetter(check, eight, "550 no", reason, "do something");
    }
}
