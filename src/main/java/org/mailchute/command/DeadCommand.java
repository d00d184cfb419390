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
import picocli.CommandLine.Mixin;
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
            "  mailchute dead list --lane mailbox --reason \"send as\"",
            "  mailchute dead replay 00MFX2K1AB7Q0Z9C",
            "  mailchute dead replay 00MFX2K1AB7Q0Z9C --recipient old@contoso.com --as new@contoso.com",
            "  mailchute dead replay --lane mailbox --reason \"send as\"",
            "  mailchute dead drop 00MFX2K1AB7Q0Z9C"
        })
final class DeadCommand {
    private DeadCommand() {}

    /** What the four have in common. */
    abstract static class OnLetters extends AnsweringCommand {
        ManagementClient gateway() throws Exception {
            return new ManagementClient(config.place().home());
        }

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

    @Command(name = "list", description = "One line a dead letter, oldest first.")
    static final class ListLetters extends OnLetters {
        @Mixin
        private LetterChoice choice = new LetterChoice();

        @Override
        public Integer call() throws Exception {
            List<DeadLetter> letters =
                    letters(gateway()).stream().filter(meant(choice)::isOf).toList();
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
            List<DeadLetter> found = letters(gateway()).stream()
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

    /** Replay and drop: both name a message and perhaps one of its recipients, or say what many have in common. */
    abstract static class Act extends OnLetters {
        @Parameters(
                paramLabel = "QUEUEID",
                arity = "0..1",
                description = "The message; else --lane, --reason or --all say which.")
        @Nullable
        String id;

        @Option(names = "--recipient", paramLabel = "ADDRESS", description = "Only for this recipient of QUEUEID.")
        @Nullable
        String recipient;

        @Mixin
        private LetterChoice choice = new LetterChoice();

        @Option(names = "--all", description = "All dead letters.")
        private boolean all;

        @Override
        public Integer call() throws Exception {
            boolean many = all || choice.isMade();
            if (id == null && !many) {
                throw usage("which dead letters? Give a queue id, or --lane, --reason or --all");
            }
            if (many && (id != null || recipient != null)) {
                throw usage(
                        "--lane, --reason and --all choose messages themselves: leave them out, or queue id and --recipient");
            }
            return id == null ? many() : one(id);
        }

        private int one(String message) throws Exception {
            List<String> recipients = decided(gateway(), parameters(message, recipient));
            if (recipients.isEmpty()) {
                throw new Unanswered("no dead letter has the queue id " + message
                        + (recipient == null ? "" : " and that recipient"));
            }
            if (json) {
                print(new JsonAnswers.Decided(message, done(), recipients));
            } else {
                out().printf("%s: %s%n", done(), String.join(", ", recipients));
            }
            return 0;
        }

        private int many() throws Exception {
            LetterChoice these = meant(choice);
            ManagementClient gateway = gateway();
            ManyLetters letters = new ManyLetters(letters(gateway), these::isOf);
            if (letters.isEmpty()) {
                throw new Unanswered("no dead letter is of that kind");
            }
            try {
                int refused = letters.forEach(
                        (message, only) -> decided(gateway, parameters(message, only)), done(), line().getErr());
                return refused == 0 ? 0 : 1;
            } finally {
                tell(letters.decided()); // of a gateway that ended meanwhile, too
            }
        }

        private void tell(List<JsonAnswers.Decided> messages) {
            if (json) {
                print(messages);
            } else {
                out().printf("%s: %s%n", done(), count(messages.size(), "message"));
            }
        }

        private List<String> decided(ManagementClient gateway, Map<String, String> parameters) throws Unanswered {
            return Arrays.asList(SpoolJson.read(gateway.post(path(), parameters), String[].class));
        }

        /** @param only this recipient; null for all of its dead letters */
        Map<String, String> parameters(String message, @Nullable String only) {
            Map<String, String> parameters = new HashMap<>(Map.of("id", message, "by", user()));
            if (only != null) {
                parameters.put("recipient", only);
            }
            return parameters;
        }

        /** Of the gateway's management. */
        abstract String path();

        /** What is said of it then. */
        abstract String done();
    }

    @Command(name = "replay", description = "Sends a dead letter again, from the first attempt on.")
    static final class Replay extends Act {
        @Option(names = "--as", paramLabel = "ADDRESS", description = "Send to this address in place of --recipient.")
        @Nullable
        String corrected;

        @Override
        public Integer call() throws Exception {
            if (corrected != null && recipient == null) {
                throw new Unanswered("--as needs --recipient: which address is it in place of?");
            }
            return super.call();
        }

        @Override
        String path() {
            return "/dead/replay";
        }

        @Override
        String done() {
            return "on its way again";
        }

        @Override
        Map<String, String> parameters(String message, @Nullable String only) {
            Map<String, String> parameters = super.parameters(message, only);
            if (corrected != null) {
                parameters.put("as", corrected);
            }
            return parameters;
        }
    }

    @Command(name = "drop", description = "Throws a dead letter away for good.")
    static final class Drop extends Act {
        @Override
        String path() {
            return "/dead/drop";
        }

        @Override
        String done() {
            return "dropped";
        }
    }
}
