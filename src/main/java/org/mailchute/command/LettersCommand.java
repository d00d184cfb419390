package org.mailchute.command;

import java.util.Arrays;
import java.util.List;
import org.mailchute.command.ManagementClient.Unanswered;
import org.mailchute.deadletter.DeadLetter;
import org.mailchute.spool.SpoolJson;

/** What those of {@code mailchute dead} have in common. */
abstract class LettersCommand extends AnsweringCommand {
    static List<DeadLetter> letters(ManagementClient gateway) throws Unanswered {
        return Arrays.asList(SpoolJson.read(gateway.get("/dead"), DeadLetter[].class));
    }

    /** @return as it is, unless it would choose all by mistake */
    final LetterChoice meant(LetterChoice choice) {
        if (choice.isBlank()) {
            throw usage("--lane or --reason is empty, and would choose all dead letters");
        }
        return choice;
    }

    static List<JsonAnswers.Dead> told(List<DeadLetter> letters) {
        return letters.stream().map(JsonAnswers.Dead::of).toList();
    }
}
