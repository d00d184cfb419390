package org.mailchute.init;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.envelope.MailAddress;

/**
 * What has to be done in the tenant, as a script and as a page for the person who has the rights. Both are put together from the pieces in
 * the folder {@code tenant} of the resources, one for each way, with the customer's names for {@code @words@}.
 */
record TenantTexts(Answered answers, Seen seen, Proposal proposal) {
    private static final Pattern WORD = Pattern.compile("@([a-zA-Z]+)@");

    /** For PowerShell 7. */
    String script() {
        return text("ps1", PowerShell::list, PowerShell::text);
    }

    /** In Markdown. */
    String page() {
        return text("md", many -> many.isEmpty() ? "nobody else" : String.join(", ", many), Function.identity());
    }

    private String text(String kind, Function<List<String>, String> list, Function<String, String> one) {
        Map<String, String> words = words();
        return pieces().flatMap(name -> piece(name + "." + kind).stream())
                .map(piece -> WORD.matcher(piece)
                        .replaceAll(word -> Matcher.quoteReplacement(
                                word.group(1).equals("sendAs")
                                        ? list.apply(sendAs())
                                        : one.apply(Objects.requireNonNull(words.get(word.group(1)), word::group)))))
                .collect(Collectors.joining("\n"));
    }

    /** The script's order; some have nothing to tell. */
    private Stream<String> pieces() {
        boolean logsIn = proposal.ways().anyMatch(Way::logsIn);
        boolean guessed = seen.elsewhere() && (proposal.has(Way.RELAY) || proposal.has(Way.DIRECT_SEND));
        return Stream.of(
                        Stream.of("begin"),
                        only(proposal.ways().anyMatch(way -> way != Way.ACS), "exchange"),
                        only(logsIn || guessed, "entra"),
                        only(logsIn, "application"),
                        proposal.ways().map(Way::label),
                        only(guessed, "mx"),
                        Stream.of("end"))
                .flatMap(names -> names);
    }

    private static Stream<String> only(boolean needed, String name) {
        return needed ? Stream.of(name) : Stream.of();
    }

    private List<String> sendAs() {
        return answers.sendAs().stream().map(MailAddress::toString).toList();
    }

    private Map<String, String> words() {
        return Map.of(
                "gateway", answers.name(),
                "domain", answers.domain(),
                "tenant", answers.tenant(),
                "mailbox", answers.from().toString(),
                "account", ShortSettings.account(answers),
                "clientId", answers.clientId().equals(Words.NO_ID) ? "" : answers.clientId(),
                "address", answers.address().orElse(""),
                "certificate", answers.certificate().orElse(""),
                "spf",
                        "v=spf1 ip4:" + answers.address().orElse("PUBLIC-ADDRESS") + " include:"
                                + seen.cloud().spfInclude() + " -all",
                "cloud", seen.cloud().name());
    }

    private static Optional<String> piece(String name) {
        try (InputStream in = TenantTexts.class.getResourceAsStream("tenant/" + name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
