package org.mailchute.command;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailchute.command.ManagementClient.Unanswered;
import org.mailchute.deadletter.DeadLetter;
import org.mailchute.management.LocalTime;
import org.mailchute.spool.SpoolJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mailchute dead}: look at dead letters, send them again, throw them away. */
@Command(
        name = "dead",
        mixinStandardHelpOptions = true,
        description = "Dead letters of the running gateway: what could not be sent, why, and what to do.",
        subcommands = {
            DeadCommand.ListLetters.class,
            DeadCommand.Show.class,
            DeadCommand.Replay.class,
            DeadCommand.Drop.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 no gateway is running or no such dead letter, 2 faulty settings or usage",
            "",
            "Examples:",
            "  mailchute dead list",
            "  mailchute dead replay 00MFX2K1AB7Q0Z9C",
            "  mailchute dead replay 00MFX2K1AB7Q0Z9C --recipient old@contoso.com --as new@contoso.com",
            "  mailchute dead drop 00MFX2K1AB7Q0Z9C"
        })
final class DeadCommand {
    private DeadCommand() {}

    /** What the four have in common. */
    abstract static class OnLetters extends AnsweringCommand {
        ManagementClient gateway() throws Exception {
            return new ManagementClient(config.withoutSecrets().home());
        }

        List<DeadLetter> letters() throws Exception {
            return Arrays.asList(SpoolJson.read(gateway().get("/dead"), DeadLetter[].class));
        }

        static List<JsonAnswers.Dead> told(List<DeadLetter> letters) {
            return letters.stream().map(JsonAnswers.Dead::of).toList();
        }
    }

    @Command(name = "list", description = "One line a dead letter, oldest first.")
    static final class ListLetters extends OnLetters {
        @Override
        public Integer call() throws Exception {
            List<DeadLetter> letters = letters();
            if (json) {
                print(told(letters));
                return 0;
            }
            for (DeadLetter letter : letters) {
                out().printf(
                                "%s  %s  %-12s  %s  %s%n",
                                letter.check().queueId(),
                                LocalTime.of(letter.time()),
                                letter.check().lane(),
                                letter.check().recipients(),
                                letter.reason());
            }
            out().println(count(letters.size(), "dead letter"));
            return 0;
        }
    }

    @Command(name = "show", description = "All that is known of one message's dead letters.")
    static final class Show extends OnLetters {
        @Parameters(paramLabel = "QUEUEID")
        String id = "";

        @Override
        public Integer call() throws Exception {
            List<DeadLetter> found = letters().stream()
                    .filter(letter -> letter.check().queueId().value().equals(id))
                    .toList();
            if (found.isEmpty()) {
                throw new Unanswered("no dead letter has the queue id " + id);
            }
            if (json) {
                print(told(found));
                return 0;
            }
            for (DeadLetter letter : found) {
                out().printf(
                                "queue id    %s%nlane        %s%nrecipients  %s%nqueued      %s%ngiven up    %s after %s%n"
                                        + "reply       %s%nreason      %s%nremedy      %s%n%n",
                                letter.check().queueId(),
                                letter.check().lane(),
                                letter.check().recipients(),
                                LocalTime.of(letter.check().queuedAt()),
                                LocalTime.of(letter.time()),
                                count(letter.check().attempts() + 1, "attempt"),
                                letter.reply(),
                                letter.reason(),
                                letter.remedy());
            }
            return 0;
        }
    }

    /** Replay and drop: both name a letter and perhaps one of its recipients. */
    abstract static class Act extends OnLetters {
        @Parameters(paramLabel = "QUEUEID")
        String id = "";

        @Option(names = "--recipient", paramLabel = "ADDRESS", description = "Only for this recipient.")
        @Nullable
        String recipient;

        Map<String, String> parameters() {
            Map<String, String> parameters = new HashMap<>(Map.of("id", id, "by", user()));
            if (recipient != null) {
                parameters.put("recipient", recipient);
            }
            return parameters;
        }

        Integer act(String path, Map<String, String> parameters, String done) throws Exception {
            List<String> recipients = Arrays.asList(SpoolJson.read(gateway().post(path, parameters), String[].class));
            if (recipients.isEmpty()) {
                throw new Unanswered(
                        "no dead letter has the queue id " + id + (recipient == null ? "" : " and that recipient"));
            }
            if (json) {
                print(new JsonAnswers.Decided(id, done, recipients));
            } else {
                out().printf("%s: %s%n", done, String.join(", ", recipients));
            }
            return 0;
        }
    }

    @Command(name = "replay", description = "Sends a dead letter again, from the first attempt on.")
    static final class Replay extends Act {
        @Option(names = "--as", paramLabel = "ADDRESS", description = "Send to this address in place of --recipient.")
        @Nullable
        String corrected;

        @Override
        public Integer call() throws Exception {
            Map<String, String> parameters = parameters();
            if (corrected != null) {
                if (recipient == null) {
                    throw new Unanswered("--as needs --recipient: which address is it in place of?");
                }
                parameters.put("as", corrected);
            }
            return act("/dead/replay", parameters, "on its way again");
        }
    }

    @Command(name = "drop", description = "Throws a dead letter away for good.")
    static final class Drop extends Act {
        @Override
        public Integer call() throws Exception {
            return act("/dead/drop", parameters(), "dropped");
        }
    }
}
