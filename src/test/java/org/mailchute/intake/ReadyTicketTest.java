package org.mailchute.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.envelope.DeviceText;
import org.mailchute.envelope.Envelope;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.SpoolJson;
import org.mailchute.spool.Ticket;

/** Who sends a ready-made message to whom, and when it is the same one again. */
class ReadyTicketTest {
    private static final List<AddressPattern> ALL = List.of(new AddressPattern("*"));

    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private int number;

    private Ticket read(ReadyRule rule, Optional<Envelope> envelope, String message) throws IOException, Refused {
        payload.reset();
        QueueId id = new QueueId("000000000000000" + ++number);
        return new ReadyTicket(rule, "gateway.contoso.com")
                .read(
                        new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1)),
                        envelope,
                        id,
                        new Ticket.Source("pickup", "drop", "1.eml", ""),
                        Instant.parse("2026-11-23T10:00:00Z"),
                        which -> payload);
    }

    private Ticket read(String message) throws IOException, Refused {
        return read(rule(List.of(), 100, 1_000_000), Optional.empty(), message);
    }

    private static ReadyRule rule(List<AddressPattern> senders, int recipients, long bytes) {
        return new ReadyRule(
                "drop", Optional.empty(), senders, recipients, bytes, false, DeviceText.WINDOWS, Priority.NORMAL);
    }

    @Test
    void theReplayFoldersEnvelopeWinsOverTheHeader() throws Exception {
        Ticket ticket = read(
                "X-Sender: <bounce@contoso.com> BODY=7bit RET=HDRS AUTH=<>\nX-Receiver: b@contoso.com NOTIFY=NEVER\n"
                        + "X-Receiver: <hidden@contoso.com> ORCPT=rfc822;x@y\nFrom: a@contoso.com\nTo: b@contoso.com\n\nx\n");
        assertThat(ticket.reversePath()).hasToString("bounce@contoso.com");
        assertThat(ticket.recipients()).hasToString("[b@contoso.com, hidden@contoso.com]");
        assertThat(ticket.header().from()).hasToString("a@contoso.com");
        assertThat(payload.toString(StandardCharsets.US_ASCII)).doesNotContain("hidden", "bounce");
        assertThat(ticket.payloads().get(0).size()).isEqualTo(payload.size());
    }

    @Test
    void withoutItTheHeaderIsTheEnvelopeBccToo() throws Exception {
        Ticket ticket = read(
                "From: a@contoso.com\nTo: T <t@contoso.com>, Team: u@contoso.com, v@contoso.com;\nCc: c@contoso.com\n"
                        + "Bcc: hidden@contoso.com, t@contoso.com\n\nx\n");
        assertThat(ticket.reversePath()).hasToString("a@contoso.com");
        assertThat(ticket.recipients())
                .hasToString("[t@contoso.com, u@contoso.com, v@contoso.com, c@contoso.com, hidden@contoso.com]");
        assertThat(payload.toString(StandardCharsets.US_ASCII)).doesNotContain("hidden");
    }

    @Test
    void ofSeveralAuthorsTheSenderIsTheEnvelopes() throws Exception {
        assertThat(read("From: a@contoso.com, b@contoso.com\nSender: s@contoso.com\nTo: t@contoso.com\n\nx\n")
                        .reversePath())
                .hasToString("s@contoso.com");
        assertThat(read("From: a@contoso.com\nSender: s@contoso.com\nTo: t@contoso.com\n\nx\n")
                        .reversePath())
                .hasToString("a@contoso.com");
    }

    @Test
    void whatSmtpSaidIsTheEnvelopeWhateverTheHeaderSays() throws Exception {
        Envelope envelope =
                new Envelope(ReversePath.parse("dev@contoso.com"), List.of(ForwardPath.parse("x@contoso.com")));
        Ticket ticket = read(
                rule(List.of(), 1, 1_000),
                Optional.of(envelope),
                "X-Receiver: evil@evil.example\nTo: somebody, nobody\n\nx\n");
        assertThat(ticket.recipients()).hasToString("[x@contoso.com]");
        assertThat(ticket.header().from()).hasToString("dev@contoso.com");
        assertThat(ticket.header().to()).isEmpty();
        assertThat(payload.toString(StandardCharsets.US_ASCII))
                .contains("From: <dev@contoso.com>")
                .doesNotContain("evil");
    }

    @Test
    void everyAuthorMustBeOnTheIntakesList() throws Exception {
        ReadyRule own = rule(List.of(AddressPattern.parse("*@contoso.com")), 100, 1_000);
        read(own, Optional.empty(), "From: a@contoso.com\nTo: t@contoso.com\n\nx\n");
        for (String message : List.of(
                "From: a@evil.example\nTo: t@contoso.com\n\nx\n",
                "From: a@contoso.com, b@evil.example\nTo: t@contoso.com\n\nx\n",
                "From: a@contoso.com\nSender: b@evil.example\nTo: t@contoso.com\n\nx\n",
                "X-Sender: b@evil.example\nX-Receiver: t@contoso.com\nFrom: a@contoso.com\n\nx\n")) {
            assertThatThrownBy(() -> read(own, Optional.empty(), message))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("@evil.example may not send by intake drop");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'X-Receiver: b@contoso.com c@contoso.com', more than an address",
        "'X-Receiver: b@contoso.com, c@contoso.com', more than an address",
        "X-Receiver: nobody, no name before an @",
        "'X-Sender: x y z@\nX-Receiver: b@contoso.com', more than an address",
        "'X-Sender: a@contoso.com\nX-Sender: b@contoso.com', comes twice",
        "Subject: no recipient, names no recipient",
        "'To: a@contoso.com, not-an-address', header field To",
        "'To: somebody\nCc: a@contoso.com', header field To has a name and no address"
    })
    void anEnvelopeThatCannotBeReadIsRefusedWhole(String fields, String reason) {
        assertThatThrownBy(() -> read("From: a@contoso.com\n" + fields + "\n\nx\n"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(reason);
    }

    @Test
    void tooManyRecipientsOrOctetsAreRefused() {
        assertThatThrownBy(() -> read(
                        rule(List.of(), 1, 1_000),
                        Optional.empty(),
                        "From: a@contoso.com\nTo: b@contoso.com, c@contoso.com\n\nx\n"))
                .hasMessage("2 recipients, intake drop takes 1");
        assertThatThrownBy(() -> read(
                        rule(List.of(), 1, 1_000),
                        Optional.empty(),
                        "From: a@contoso.com\nTo: b@contoso.com\n\n" + "x".repeat(1_000)))
                .hasMessage("the message has more than 1,000 octets");
    }

    @Test
    void theSameMessageIsKnownAgainIfItHasAnIdOrADate() throws Exception {
        String message = "From: a@contoso.com\nTo: b@contoso.com\nMessage-ID: <1@x>\n\nx\n";
        String dated = message.replace("Message-ID: <1@x>", "Date: Mon, 23 Nov 2026 10:00:00 +0000");
        assertThat(identity(message)).isPresent().isEqualTo(identity(message));
        assertThat(identity(dated)).isPresent().isEqualTo(identity(dated));
        assertThat(identity(message)).isNotEqualTo(identity(message.replace("\nx\n", "\ny\n")));
        assertThat(identity(message)).isNotEqualTo(identity("X-Receiver: c@contoso.com\n" + message));
        assertThat(identity(message.replace("Message-ID: <1@x>\n", ""))).isEmpty();
    }

    private Optional<String> identity(String message) throws Exception {
        return read(message).readyMade().orElseThrow().identity();
    }

    @Test
    void itsTicketIsReadBackAsItWasAndOldTicketsStillAre() throws Exception {
        Ticket ticket = read("From: a@contoso.com\nTo: b@contoso.com\nMessage-ID: <1@x>\nDKIM-Signature: v=1\n\nÄ\n");
        assertThat(ticket.readyMade().orElseThrow().eightBit()).isTrue();
        String json = SpoolJson.write(ticket);
        assertThat(SpoolJson.read(json, Ticket.class)).isEqualTo(ticket);
        String old = json.replaceFirst(",\"readyMade\":\\{[^}]*\\}", "");
        assertThat(old).isNotEqualTo(json);
        assertThat(SpoolJson.read(old, Ticket.class).readyMade()).isEmpty();
    }

    @Test
    void theSizeLimitOfAcceptCountsWhatTheAttachmentsWere() throws Exception {
        Ticket ticket = read("From: a@contoso.com\nTo: b@contoso.com\n\n"
                + "x".repeat(76).concat("\r\n").repeat(100));
        AcceptPolicy policy = new AcceptPolicy(ALL, ALL, 1, 6_000, new org.mailchute.message.HeaderPolicy(List.of()));
        policy.check(ticket);
        assertThat(ticket.payloads().get(0).size()).isGreaterThan(7_800);
    }

    @Test
    void everyAuthorMustBeAllowedByAcceptToo() throws Exception {
        Ticket ticket = read("From: a@contoso.com, b@evil.example\nSender: a@contoso.com\nTo: b@contoso.com\n\nx\n");
        AcceptPolicy policy = new AcceptPolicy(
                List.of(AddressPattern.parse("*@contoso.com")),
                ALL,
                1,
                6_000,
                new org.mailchute.message.HeaderPolicy(List.of()));
        assertThatThrownBy(() -> policy.check(ticket)).hasMessageContaining("b@evil.example");
        assertThat(ticket.header().from()).isEqualTo(MailAddress.parse("a@contoso.com"));
    }
}
