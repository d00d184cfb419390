package org.mailchute.init;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailchute.doctor.FirstLook;
import org.mailchute.init.Seen.Port;
import org.mailchute.settings.Cloud;

/** Answered and sights as tests write them. */
final class Given {
    private Given() {}

    /** @param lines such as {@code reach: inside}, further to the least that has to be said */
    static Answered answers(String... lines) {
        Map<Question, String> given = new EnumMap<>(Question.class);
        given.put(Question.FROM, "scanner@contoso.com");
        given.put(Question.TO, "office@contoso.com");
        for (String line : lines) {
            String[] parts = line.split(": ", 2);
            given.put(Question.of(parts[0]).orElseThrow(), parts[1]);
        }
        return Answered.of(given);
    }

    /** With its MX at Microsoft. */
    static Seen open(Integer... ports) {
        return seen("contoso-com.mail.protection.outlook.com", ports);
    }

    static Seen seen(String mx, Integer... ports) {
        Map<Port, FirstLook.Answer> answers = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            boolean open = List.of(ports).contains(port.number());
            answers.put(port, new FirstLook.Answer(open, open ? "open" : "no connection: timed out"));
        }
        return new Seen(
                "contoso.com",
                Cloud.WORLDWIDE,
                Optional.of(new FirstLook.Mail(List.of(mx), Optional.empty(), Optional.empty())),
                answers,
                Optional.empty());
    }
}
