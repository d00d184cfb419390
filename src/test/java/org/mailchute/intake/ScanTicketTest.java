package org.mailchute.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailchute.request.RequestTexts;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Priority;
import org.mailchute.spool.Ticket;

class ScanTicketTest {
    @TempDir
    Path folder;

    @Test
    void aScansTicketSaysWhatItsIntakesRuleSays() throws Exception {
        Ticket ticket = make(RequestTexts.rule("Scan ${file}", "From ${intake}, ${size}"), "a.pdf", "%PDF-1.4");

        assertThat(ticket.messageId()).isEqualTo("<" + RequestTexts.ID + "@gateway.contoso.example>");
        assertThat(ticket.date()).isEqualTo(RequestTexts.NOON);
        assertThat(ticket.source()).isEqualTo(new Ticket.Source("folder", "billing", "a.pdf", ""));
        assertThat(ticket.reversePath()).hasToString("bounces@contoso.example");
        assertThat(ticket.recipients())
                .extracting(Object::toString)
                .containsExactly("office@contoso.example", "archive@contoso.example", "audit@contoso.example");
        assertThat(ticket.header().to()).hasSize(1);
        assertThat(ticket.header().cc()).hasSize(1);
        assertThat(ticket.header().fromName()).isEqualTo("Contoso Billing");
        assertThat(ticket.header().subject()).isEqualTo("Scan a.pdf");
        assertThat(ticket.text()).isEqualTo("From billing, 1 KB");
    }

    @Test
    void sizeAndHashAreThoseOfTheFile() throws Exception {
        assertThat(make(RequestTexts.RULE, "a.pdf", "abc").payloads())
                .containsExactly(new Ticket.Payload(
                        "a.pdf",
                        "application/pdf",
                        3,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    @ParameterizedTest
    @CsvSource({
        "SCAN0001, %PDF-1.4, application/pdf",
        "SCAN0001, \u00ff\u00d8\u00ff\u00e0, image/jpeg",
        "SCAN0001, MM\0*, image/tiff",
        "SCAN0001, hello, application/octet-stream",
        "a.TIF, hello, image/tiff",
        "a.pdf, '', application/pdf"
    })
    void aTypeFollowsFromTheNameElseFromHowTheContentStarts(String name, String content, String type) throws Exception {
        assertThat(make(RequestTexts.RULE, name, content).payloads().get(0).contentType())
                .isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "scan-1, %PDF-1.4, scan-1.pdf",
        "scan.pdf, %PDF-1.4, scan.pdf",
        "scan-1, what, scan-1",
        "a.b, %PDF-1.4, a.b"
    })
    void aNameWithoutAnEndingGetsThatOfItsContent(String name, String content, String shown) {
        byte[] start = content.substring(0, Math.min(content.length(), ContentTypes.START))
                .getBytes(ISO_8859_1);
        assertThat(ContentTypes.named(name, ContentTypes.of(name, start))).isEqualTo(shown);
    }

    @Test
    void aLineEndInAFileNameEndsNoLineAnywhere() throws Exception {
        Ticket ticket = make(RequestTexts.rule("Scan ${file}", "${file}"), "a\r\nBcc: all@x.example\u2028.pdf", "abc");

        assertThat(List.of(
                        ticket.source().name(),
                        ticket.header().subject(),
                        ticket.text(),
                        ticket.payloads().get(0).fileName()))
                .allSatisfy(shown -> assertThat(shown).contains("a??Bcc: all@x.example?.pdf"));
    }

    @Test
    void withoutARecipientAScanIsRefusedWithAReason() {
        IntakeRule nobody = new IntakeRule(
                "billing",
                RequestTexts.RULE.from(),
                "",
                RequestTexts.RULE.reversePath(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                "s",
                "t",
                Priority.NORMAL,
                Who.FIXED,
                Optional.empty(),
                Optional.empty());

        assertThatThrownBy(() -> make(nobody, "a.pdf", "abc"))
                .isInstanceOf(Refused.class)
                .hasMessage("intake billing has no recipient");
    }

    @Test
    void aLinkInPlaceOfTheFileIsNotFollowed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Path link = Files.createSymbolicLink(folder.resolve("link"), secret);

        assertThatThrownBy(() -> ScanTicket.make(
                        RequestTexts.RULE,
                        "folder",
                        new Claimed(RequestTexts.ID, "billing", "a", link),
                        "g.example",
                        RequestTexts.NOON))
                .isInstanceOf(IOException.class);
    }

    private Ticket make(IntakeRule rule, String name, String content) throws IOException, Refused {
        Path file = Files.writeString(folder.resolve("file"), content, ISO_8859_1);
        Claimed claimed = new Claimed(RequestTexts.ID, rule.intake(), name, file);
        return ScanTicket.make(rule, "folder", claimed, "gateway.contoso.example", RequestTexts.NOON);
    }
}
