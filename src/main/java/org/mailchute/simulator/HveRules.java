package org.mailchute.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** smtp.hve.mx.microsoft: as an account of its own kind and nobody else, to own recipients only, without a rate. */
final class HveRules extends LoginRules {
    private static final int LARGEST_HEADER = 256 * 1024;
    private static final Pattern FROM = Pattern.compile("(?im)^From:(?:[^\\r\\n]*<)?\\s*([^<>\\s]+@[^<>\\s]+)");

    private final Predicate<String> issued;

    HveRules(Scenario scenario, Predicate<String> issued, Clock clock) {
        super(scenario, clock);
        this.issued = issued;
    }

    @Override
    String login(SessionState session, Proof proof) {
        if (scenario.mailbox(proof.user()).isPresent()
                && scenario.hve(proof.user()).isEmpty()) {
            return "550 5.2.240 " + proof.user() + " is no High Volume Email account";
        }
        return scenario.hve(proof.user())
                .filter(account ->
                        proof.password() ? account.password().equals(proof.secret()) : issued.test(proof.secret()))
                .map(account -> loggedIn(session, account.address()))
                .orElse(FAILED);
    }

    @Override
    String sender(SessionState session, String from) {
        return from.equalsIgnoreCase(session.user) ? "" : "550 5.7.62 Sender is not the High Volume Email account";
    }

    /** In words of our own: Microsoft's are not known. */
    @Override
    public String recipient(SessionState session, String recipient) {
        return scenario.accepts(recipient)
                ? SmallMessages.recipient(session)
                : "550 5.7.1 The recipient is outside of the organization";
    }

    @Override
    public String endOfData(SessionState session) {
        return author(session).equalsIgnoreCase(session.user)
                ? SmallMessages.size(session)
                : "550 5.6.241 From is not the High Volume Email account";
    }

    private static String author(SessionState session) {
        try (var content = Files.newInputStream(session.content)) {
            String header = new String(content.readNBytes(LARGEST_HEADER), StandardCharsets.UTF_8)
                    .replaceFirst("(?s)\\r\\n\\r\\n.*", "")
                    .replaceAll("\\r\\n[ \\t]+", " ");
            Matcher from = FROM.matcher(header);
            return from.find() ? from.group(1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String option(SessionState session) {
        return "hve";
    }
}
