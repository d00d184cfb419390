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
        boolean rbac = proposal.has(Way.SUBMISSION) || proposal.has(Way.GRAPH);
        return text(
                Stream.of(
                                Stream.of("begin.ps1"),
                                entra(),
                                only(exchange(), "exchange.ps1"),
                                only(rbac, "rbac.ps1"),
                                ways(".exchange.ps1"),
                                only(rbac && !answers.sendAs().isEmpty(), "send-as.ps1"),
                                only(exchange(), "exchange-end.ps1"),
                                ways(".azure.ps1"))
                        .flatMap(names -> names),
                PowerShell::list,
                PowerShell::text);
    }

    private Stream<String> entra() {
        boolean guessed = seen.elsewhere() && (proposal.has(Way.RELAY) || proposal.has(Way.DIRECT_SEND));
        return logsIn() || guessed
                ? Stream.of(
                                Stream.of("entra.ps1"),
                                ways(".entra.ps1"),
                                only(guessed, "mx.ps1"),
                                Stream.of("entra-end.ps1"))
                        .flatMap(names -> names)
                : Stream.of();
    }

    /** In Markdown. */
    String page() {
        return text(
                Stream.of(Stream.of("begin.md"), only(exchange(), "exchange.md"), ways(".md"), Stream.of("end.md"))
                        .flatMap(names -> names),
                many -> many.isEmpty() ? "nobody else" : String.join(", ", many),
                Function.identity());
    }

    private boolean logsIn() {
        return proposal.ways().anyMatch(Way::logsIn);
    }

    /** Whether anything is to be done there, and not in Azure alone. */
    private boolean exchange() {
        return proposal.ways().anyMatch(way -> way != Way.ACS);
    }

    private Stream<String> ways(String ending) {
        return proposal.ways().map(way -> way.label() + ending);
    }

    private static Stream<String> only(boolean needed, String name) {
        return needed ? Stream.of(name) : Stream.of();
    }

    /** @param pieces those that are not there have nothing to tell */
    private String text(Stream<String> pieces, Function<List<String>, String> list, Function<String, String> one) {
        Map<String, String> words = words();
        Map<String, List<String>> lists = Map.of("sendAs", sendAs(), "parts", parts());
        return pieces.flatMap(name -> piece(name).stream())
                .map(piece -> WORD.matcher(piece)
                        .replaceAll(word -> Matcher.quoteReplacement(Optional.ofNullable(lists.get(word.group(1)))
                                .map(list)
                                .orElseGet(() ->
                                        one.apply(Objects.requireNonNull(words.get(word.group(1)), word::group))))))
                .collect(Collectors.joining());
    }

    private List<String> parts() {
        return Stream.of(
                        only(entra().findAny().isPresent(), "Entra"),
                        only(exchange(), "Exchange"),
                        only(proposal.has(Way.ACS), "Azure"))
                .flatMap(names -> names)
                .toList();
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
                "clientId", answers.clientId().equals(AnswerWords.NO_ID) ? "" : answers.clientId(),
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
