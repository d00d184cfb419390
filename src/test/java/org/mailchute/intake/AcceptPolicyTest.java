package org.mailchute.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.message.HeaderPolicy;
import org.mailchute.request.RequestTexts;
import org.mailchute.spool.Priority;
import org.mailchute.spool.Ticket;

@DisplayName("P9: nobody may send, or be sent to, who is not on the list")
class AcceptPolicyTest {
    private final AcceptPolicy policy = new AcceptPolicy(
            patterns("*@contoso.example"),
            patterns("*@contoso.example", "*@*.fabrikam.example", "Buyer@Partner.example"),
            3,
            1_000,
            new HeaderPolicy(List.of("X-Invoice")));

    private static List<AddressPattern> patterns(String... texts) {
        return Stream.of(texts).map(AddressPattern::parse).toList();
    }

    @Test
    void whatIsOnTheListsPasses() {
        assertThatCode(() -> policy.check(ticket("a@contoso.example", "b@contoso.example", "c@contoso.example")))
                .doesNotThrowAnyException();
        assertThatCode(() -> policy.check(ticket("a@contoso.example", "", "c@eu.fabrikam.example")))
                .doesNotThrowAnyException();
    }

    @Test
    void bothTheSenderPeopleSeeAndTheEnvelopesMustBeAllowed() {
        refused(ticket("a@evil.example", "a@contoso.example", "c@contoso.example"), "a@evil.example may not send");
        refused(ticket("a@contoso.example", "a@evil.example", "c@contoso.example"), "a@evil.example may not send");
        refused(ticket("a@evil.example", "", "c@contoso.example"), "a@evil.example may not send");
    }

    @Test
    void everyRecipientMustBeAllowed() {
        refused(
                ticket("a@contoso.example", "", "c@contoso.example", "x@evil.example"),
                "nobody may send to x@evil.example");
    }

    @Test
    void tooManyRecipientsOrTooManyOctetsAreRefused() {
        refused(
                ticket(
                        "a@contoso.example",
                        "",
                        "1@contoso.example",
                        "2@contoso.example",
                        "3@contoso.example",
                        "4@contoso.example"),
                "4 recipients, 3 are allowed");
        refused(ticket(Map.of(), 600, 401), "1,001 octets, 1,000 are allowed");
        assertThatCode(() -> policy.check(ticket(Map.of(), 600, 400))).doesNotThrowAnyException();
    }

    @Test
    void onlyListedHeaderFieldsPass() {
        assertThatCode(() -> policy.check(ticket(Map.of("x-INVOICE", "1")))).doesNotThrowAnyException();
        refused(ticket(Map.of("X-Other", "1")), "header field \"X-Other\" is not a header field");
        refused(ticket(Map.of("X-Invoice", "1\r\nBcc: a@x.example")), "line end or control character");
    }

    @ParameterizedTest
    @CsvSource({
        "*, a@x.example, true",
        "*@x.example, a@x.example, true",
        "*@X.Example, a@x.example, true",
        "*@x.example, a@sub.x.example, false",
        "*@x.example, a@notx.example, false",
        "*@*.x.example, a@sub.x.example, true",
        "*@*.x.example, a@deep.sub.x.example, true",
        "*@*.x.example, a@x.example, false",
        "*@*.x.example, a@evilx.example, false",
        "a@x.example, A@X.EXAMPLE, true",
        "a@x.example, b@x.example, false",
        "a@x.example, aa@x.example, false",
    })
    void patternsMatchWhatTheySay(String pattern, String address, boolean matches) {
        assertThat(AddressPattern.parse(pattern).matches(MailAddress.parse(address)))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "contoso.example",
                "*contoso.example",
                "@contoso.example",
                "a*@contoso.example@",
                "**",
                "*@*",
                "*@"
            })
    void aPatternThatIsNoneOfTheFourIsAFault(String pattern) {
        assertThatThrownBy(() -> AddressPattern.parse(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    private void refused(Ticket ticket, String reason) {
        assertThatThrownBy(() -> policy.check(ticket))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(reason)
                .extracting(refused -> ((Refused) refused).remedy())
                .asString()
                .isNotBlank();
    }

    private static Ticket ticket(String from, String reversePath, String... recipients) {
        return ticket(from, reversePath, List.of(recipients), Map.of());
    }

    private static Ticket ticket(Map<String, String> extra, long... sizes) {
        return ticket("a@contoso.example", "", List.of("b@contoso.example"), extra, sizes);
    }

    private static Ticket ticket(
            String from, String reversePath, List<String> recipients, Map<String, String> extra, long... sizes) {
        return new Ticket(
                RequestTexts.ID,
                "<1@g.example>",
                RequestTexts.NOON,
                new Ticket.Source("jms", "billing", "n", ""),
                ReversePath.parse(reversePath),
                recipients.stream().map(ForwardPath::parse).toList(),
                new Ticket.Header(MailAddress.parse(from), "", List.of(), List.of(), Optional.empty(), "s", extra),
                "t",
                Optional.empty(),
                Arrays.stream(sizes)
                        .mapToObj(size -> new Ticket.Payload("a", "a/b", size, "00"))
                        .toList(),
                Priority.NORMAL,
                Optional.empty());
    }
}
