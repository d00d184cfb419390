package org.mailchute.request;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.intake.IntakeRule;
import org.mailchute.intake.PayloadSink;
import org.mailchute.intake.Refused;
import org.mailchute.intake.Who;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;

/** SampleRequest read as a JMS intake reads them, and the rule they are read by. */
public final class SampleRequest {
    public static final QueueId ID = new QueueId("0MABCDEFG1234567");
    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    /** All that a request can say, in one. */
    static final String FULL = """
            {"id": "order-4711", "from": "shop@a.example", "fromName": "Käse & Co", "to": ["bo@b.example", "cy@c.example"],
             "cc": "dee@d.example", "bcc": ["eve@e.example"], "replyTo": "help@a.example", "subject": "Grüße 😀",
             "text": "Hello\\nthere", "html": "<p>Hello</p>", "headers": {"X-Order": "4711"}, "correlationId": "c-1",
             "attachments": [{"name": "a.pdf", "contentType": "application/pdf", "content": "aGVsbG8="},
                             {"name": "b.txt", "content": ""}]}
            """;

    private SampleRequest() {}

    static IntakeRule rule() {
        return rule("Message from ${intake}", "");
    }

    static IntakeRule rule(String subject, String text) {
        return new IntakeRule(
                "orders",
                address("app@x.example"),
                "The App",
                ReversePath.parse("bounces@x.example"),
                List.of(address("to@x.example")),
                List.of(address("cc@x.example")),
                List.of(address("bcc@x.example")),
                Optional.of(address("answers@x.example")),
                subject,
                text,
                Priority.NORMAL,
                Who.FIXED,
                Optional.empty(),
                Optional.empty());
    }

    static MailAddress address(String text) {
        return MailAddress.parse(text);
    }

    static Ticket read(String json) throws IOException, Refused {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    static Ticket read(byte[] json) throws IOException, Refused {
        return read(rule(), new ByteArrayInputStream(json), 1_000_000_000, number -> OutputStreams.NOWHERE);
    }

    static Ticket read(IntakeRule rule, InputStream json, long maxBytes, PayloadSink sink) throws IOException, Refused {
        return new MailRequest(rule, "gw.x.example", maxBytes, RequestPlaces.NONE)
                .read(json, ID, "ID:broker-1", NOON, sink);
    }

    /** A sink that keeps what it gets. */
    static class Kept implements PayloadSink {
        final List<ByteArrayOutputStream> contents = new ArrayList<>();

        @Override
        public ByteArrayOutputStream open(int number) {
            contents.add(number, new ByteArrayOutputStream());
            return contents.get(number);
        }
    }

    private static final class OutputStreams {
        static final java.io.OutputStream NOWHERE = new java.io.OutputStream() {
            @Override
            public void write(int octet) {}

            @Override
            public void write(byte[] octets, int offset, int length) {}
        };
    }
}
