package org.mailchute.command;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailchute.command.ManagementClient.Unanswered;
import org.mailchute.spool.SpoolJson;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replay and drop: both name a message and perhaps one of its recipients, or say what many have in common. */
abstract class DecidingCommand extends LettersCommand {
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
            throw new Unanswered(
                    "no dead letter has the queue id " + message + (recipient == null ? "" : " and that recipient"));
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
