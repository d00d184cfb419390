package org.mailchute.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.intake.PayloadSink;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Ticket;

class MailRequestTest {
    private final RequestTexts requests = new RequestTexts();

    @Test
    void everyKeyReachesTheTicket() throws Exception {
        Ticket ticket = requests.read("""
                {"id": "r-1", "from": "sales@contoso.example", "fromName": "Sales", "to": "a@x.example",
                 "cc": ["b@x.example", "c@x.example"], "bcc": ["d@x.example"], "replyTo": "e@contoso.example",
                 "subject": "Grüße", "text": "text", "html": "<p>html</p>", "headers": {"X-Invoice": "4711"},
                 "attachments": [{"name": "a.pdf", "contentType": "application/pdf", "content": "YWJj"}],
                 "correlationId": "c-1"}""");

        assertThat(ticket.source()).isEqualTo(new Ticket.Source("jms", "billing", "r-1", "c-1"));
        assertThat(ticket.recipients())
                .extracting(Object::toString)
                .containsExactly("a@x.example", "b@x.example", "c@x.example", "d@x.example");
        assertThat(ticket.header().from()).hasToString("sales@contoso.example");
        assertThat(ticket.header().fromName()).isEqualTo("Sales");
        assertThat(ticket.header().to()).containsExactly(MailAddress.parse("a@x.example"));
        assertThat(ticket.header().cc()).hasSize(2);
        assertThat(ticket.header().replyTo()).contains(MailAddress.parse("e@contoso.example"));
        assertThat(ticket.header().subject()).isEqualTo("Grüße");
        assertThat(ticket.header().extra()).containsEntry("X-Invoice", "4711");
        assertThat(ticket.text()).isEqualTo("text");
        assertThat(ticket.html()).contains("<p>html</p>");
        assertThat(ticket.payloads())
                .containsExactly(new Ticket.Payload(
                        "a.pdf",
                        "application/pdf",
                        3,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        assertThat(requests.contents.get(0)).hasToString("abc");
        assertThat(ticket.messageId()).isEqualTo("<" + RequestTexts.ID + "@gateway.contoso.example>");
        assertThat(ticket.date()).isEqualTo(RequestTexts.NOON);
    }

    @Test
    void whatARequestLeavesOutComesFromTheIntakesRuleWithItsFieldsFilled() throws Exception {
        Ticket ticket = requests.read("{}");

        assertThat(ticket.source().name()).isEqualTo("ID:7");
        assertThat(ticket.header().subject()).isEqualTo("Message from billing");
        assertThat(ticket.text()).isEqualTo("Sent by billing.");
        assertThat(ticket.header().fromName()).isEqualTo("Contoso Billing");
        assertThat(ticket.reversePath()).isEqualTo(ReversePath.parse("bounces@contoso.example"));
        assertThat(ticket.recipients()).hasSize(3);
        assertThat(ticket.header().replyTo()).isPresent();
    }

    @Test
    void recipientsOfARequestReplaceThoseOfTheRuleAltogether() throws Exception {
        Ticket ticket = requests.read("{\"bcc\": \"a@x.example\", \"text\": \"t\"}");

        assertThat(ticket.recipients()).extracting(Object::toString).containsExactly("a@x.example");
        assertThat(ticket.header().to()).isEmpty();
        assertThat(ticket.header().cc()).isEmpty();
    }

    @Test
    void anotherSenderIsNotShownUnderTheRulesName() throws Exception {
        Ticket ticket = requests.read("{\"from\": \"sales@contoso.example\", \"text\": \"t\"}");

        assertThat(ticket.header().fromName()).isEmpty();
        assertThat(ticket.reversePath()).isEqualTo(ReversePath.parse("sales@contoso.example"));
    }

    @Test
    void aTextOfTheRuleDoesNotStandBesideTheRequestsOwnHtml() throws Exception {
        assertThat(requests.read("{\"html\": \"<p>h</p>\"}").text()).isEmpty();
    }

    @Test
    void anAttachmentsTypeFollowsFromItsNameAndItsKeysComeInAnyOrder() throws Exception {
        Ticket ticket = requests.read("""
                {"attachments": [{"content": "YQ==", "name": "a.PDF"}, {"content": "", "name": "b"}]}""");

        assertThat(ticket.payloads())
                .extracting(Ticket.Payload::contentType)
                .containsExactly("application/pdf", "application/octet-stream");
        assertThat(ticket.payloads()).extracting(Ticket.Payload::size).containsExactly(1L, 0L);
    }

    @Test
    void aByteOrderMarkIsNoFault() throws Exception {
        assertThat(requests.read("\uFEFF{\"text\": \"t\"}").text()).isEqualTo("t");
    }

    @Test
    void base64MayComeInLines() throws Exception {
        byte[] content = new byte[10_000];
        Arrays.fill(content, (byte) 'x');
        String lines = Base64.getMimeEncoder().encodeToString(content).replace("\r\n", "\\r\\n");

        requests.read("{\"attachments\": [{\"name\": \"a\", \"content\": \"" + lines + "\"}]}");

        assertThat(requests.contents.get(0).toByteArray()).isEqualTo(content);
    }

    @Test
    @DisplayName("P8: an attachment larger than the heap would like is streamed, never held")
    void aLargeAttachmentIsStreamed() throws Exception {
        int lines = 1_000_000; // 57 MB of content
        long[] seen = {0, 0};
        OutputStream sink = new OutputStream() {
            @Override
            public void write(int octet) {
                seen[0]++;
            }

            @Override
            public void write(byte[] octets, int offset, int length) {
                seen[0] += length;
                seen[1] = Math.max(seen[1], length);
            }
        };

        Ticket ticket = new MailRequest(RequestTexts.RULE, "g.example", 100_000_000, RequestPlaces.NONE)
                .read(large(lines), RequestTexts.ID, "n", RequestTexts.NOON, number -> sink);

        assertThat(seen[0]).isEqualTo(57L * lines);
        assertThat(seen[1]).isLessThan(100_000);
        assertThat(ticket.payloads().get(0).size()).isEqualTo(57L * lines);
    }

    @Test
    void aRequestLargerThanTheIntakeTakesIsRefused() {
        assertThatThrownBy(() -> new MailRequest(RequestTexts.RULE, "g.example", 100_000, RequestPlaces.NONE)
                        .read(
                                large(2_000),
                                RequestTexts.ID,
                                "n",
                                RequestTexts.NOON,
                                n -> OutputStream.nullOutputStream()))
                .isInstanceOf(Refused.class)
                .hasMessage("the request has more than 100,000 octets");
    }

    @Test
    @DisplayName("P3: a full disk is no fault of the request")
    void aFaultOfTheSpoolIsNotARefusal() {
        PayloadSink full = number -> {
            throw new IOException("no space left on device");
        };

        assertThatThrownBy(() -> new MailRequest(RequestTexts.RULE, "g.example", 1_000_000, RequestPlaces.NONE)
                        .read(large(10), RequestTexts.ID, "n", RequestTexts.NOON, full))
                .isInstanceOf(IOException.class)
                .hasMessage("no space left on device");
    }

    @Test
    void theSchemaNamesTheKeysThatAreRead() throws Exception {
        try (InputStream file = MailRequest.class.getResourceAsStream("mail-request.schema.json")) {
            JsonNode schema = new ObjectMapper().readTree(Objects.requireNonNull(file));
            JsonNode attachment = schema.at("/$defs/attachment/properties");

            assertThat(names(schema.get("properties"))).isEqualTo(new TreeSet<>(MailRequest.KEYS));
            assertThat(names(attachment)).isEqualTo(new TreeSet<>(MailRequest.ATTACHMENT_KEYS));
            assertThat(schema.get("additionalProperties").booleanValue()).isFalse();
        }
    }

    @Test
    void everyKeyOfTheSchemaIsReallyRead() {
        for (String key : MailRequest.KEYS) {
            assertThatThrownBy(() -> requests.read("{\"" + key + "\": 7}"))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining(key)
                    .hasMessageNotContaining("there is no");
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static InputStream large(int lines) {
        byte[] line = HexFormat.of().formatHex(new byte[38]).getBytes(UTF_8); // 76 octets of base64, 57 of content
        return new SequenceInputStream(Collections.enumeration(Stream.of(
                        stream("{\"attachments\": [{\"name\": \"a.bin\", \"content\": \""),
                        new SequenceInputStream(Collections.enumeration(Collections.nCopies(lines, line).stream()
                                .map(ByteArrayInputStream::new)
                                .toList())),
                        stream("\"}]}"))
                .toList()));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
