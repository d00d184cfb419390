package org.mailchute.watch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Ledger;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;

class SentFilesTest {
    private static final String SCANNED = "2026-11-30T10:00:00.120456789Z";
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Ticket TICKET = new Ticket(
            new QueueId("00MFX2K1AB7Q0Z9A"),
            "<scan@contoso.com>",
            Instant.parse("2026-11-30T10:01:00Z"),
            new Ticket.Source("folder", "desk", "SCN_0001.pdf", ""),
            ReversePath.NULL,
            List.of(ForwardPath.parse("anna@contoso.com")),
            new Ticket.Header(
                    MailAddress.parse("scanner@contoso.com"),
                    "",
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    "Scan",
                    Map.of()),
            "",
            Optional.empty(),
            List.of(new Ticket.Payload("SCN_0001.pdf", "application/pdf", 4, "00")),
            Priority.NORMAL,
            Optional.empty());

    @TempDir
    Path folder;

    private Ledger ledger;

    @BeforeEach
    void scanWasSent() throws Exception {
        ledger = Ledger.open(folder, "desk.sent", 10, false);
        new SentFiles(ledger).sent(claimed("00MFX2K1AB7Q0Z9A", SCANNED), TICKET);
    }

    @AfterEach
    void close() throws Exception {
        ledger.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SCANNED,
                "2026-11-30T10:00:00.120456700Z",
                "2026-11-30T10:00:00.120456Z",
                "2026-11-30T10:00:00.12Z",
                "2026-11-30T10:00:00Z"
            })
    void whatIsBroughtBackIsKnownByATimeStampThatHasLostDigits(String time) throws Exception {
        Claimed back = claimed("00MFX2K1AB7Q0Z9B", time);
        assertThatThrownBy(() -> new SentFiles(ledger).mustBeNew(back, TICKET, NOW))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("was sent already, as 00MFX2K1AB7Q0Z9A at 2026-11-30T10:01:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-30T10:00:00.5Z", "2026-11-30T10:00:00.120457Z", "2026-11-30T10:00:01Z"})
    void aScanAtAnotherTimeIsNew(String time) throws Exception {
        Claimed other = claimed("00MFX2K1AB7Q0Z9B", time);
        assertThatCode(() -> new SentFiles(ledger).mustBeNew(other, TICKET, NOW))
                .doesNotThrowAnyException();
    }

    @Test
    void theMessageItselfIsTakenUpAgain() throws Exception {
        Claimed same = claimed("00MFX2K1AB7Q0Z9A", SCANNED);
        assertThatCode(() -> new SentFiles(ledger).mustBeNew(same, TICKET, NOW)).doesNotThrowAnyException();
    }

    private Claimed claimed(String id, String time) throws Exception {
        Path file = Files.writeString(folder.resolve("claimed"), "scan");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
        return new Claimed(new QueueId(id), "desk", "SCN_0001.pdf", file);
    }
}
