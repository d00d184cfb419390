package org.mailchute.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.intake.IntakeRule;
import org.mailchute.intake.Refused;
import org.mailchute.intake.Who;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;

/** Mail requests read as a JMS intake would read them; what their attachments hold is kept in memory. */
public final class RequestTexts {
    public static final QueueId ID = new QueueId("00MFX2K1AB7Q0Z9C");
    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    public static final IntakeRule RULE = rule("Message from ${intake}", "Sent by ${intake}.");

    final List<ByteArrayOutputStream> contents = new ArrayList<>();

    public static IntakeRule rule(String subject, String text) {
        return new IntakeRule(
                "billing",
                MailAddress.parse("billing@contoso.example"),
                "Contoso Billing",
                ReversePath.parse("bounces@contoso.example"),
                List.of(MailAddress.parse("office@contoso.example")),
                List.of(MailAddress.parse("archive@contoso.example")),
                List.of(MailAddress.parse("audit@contoso.example")),
                Optional.of(MailAddress.parse("answers@contoso.example")),
                subject,
                text,
                Priority.NORMAL,
                Who.FIXED,
                Optional.empty(),
                Optional.empty());
    }

    Ticket read(String json) throws IOException, Refused {
        return read(json.getBytes(UTF_8));
    }

    Ticket read(byte[] json) throws IOException, Refused {
        return new MailRequest(RULE, "gateway.contoso.example", 1_000_000, RequestPlaces.NONE)
                .read(new ByteArrayInputStream(json), ID, "ID:7", NOON, this::open);
    }

    private ByteArrayOutputStream open(int number) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        contents.add(number, content);
        return content;
    }
}
