package org.mailchute.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailchute.command.ManagementClient.Unanswered;
import org.mailchute.deadletter.DeadLetter;
import org.mailchute.management.LocalTime;
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

    @Command(name = "list", description = "One line a dead letter, oldest first.")
    static final class ListLetters extends LettersCommand {
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
    static final class Show extends LettersCommand {
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

    @Command(name = "replay", description = "Sends a dead letter again, from the first attempt on.")
    static final class Replay extends DecidingCommand {
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
    static final class Drop extends DecidingCommand {
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
