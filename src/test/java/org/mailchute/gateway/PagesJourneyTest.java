package org.mailchute.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.settings.SettingsReader;

/** How many pages a scan has, from the file to the mail. */
class PagesJourneyTest {
    @RegisterExtension
    final Town town = new Town();

    @BeforeEach
    void settings() throws Exception {
        Path secret = Files.writeString(town.folder("secrets").resolve("device"), "device-password");
        town.withIntake("""
                  drop:
                    - name: copier
                      password: "${file:%s}"
                      from: scanner@contoso.example
                      to: [quality@partner.example]
                      subject: "${file}: ${pages} p."
                      text: "${pages} pages."
                """.formatted(secret))
                .withSection("ftp-server: {port: 0, tls: none, passivePorts: \"0\", loginDelay: 0s}");
    }

    private Path put(String name, byte[] content) throws Exception {
        Path folder = SettingsReader.read(town.settings(), Map.of()).folders().stream()
                .filter(intake -> intake.name().equals("copier"))
                .findFirst()
                .orElseThrow()
                .folder();
        Path half = Files.write(Files.createDirectories(folder).resolve(name + ".tmp"), content);
        return Files.move(half, folder.resolve(name));
    }

    private static byte[] pdf(Path file, int pages) throws Exception {
        try (PDDocument document = new PDDocument()) {
            for (int i = 0; i < pages; i++) {
                document.addPage(new PDPage());
            }
            document.save(file.toFile());
        }
        return Files.readAllBytes(file);
    }

    @Test
    void theMailTellsThePagesOrThatTheyAreNotKnown() throws Exception {
        town.withTrace("").start();

        put("a.pdf", pdf(town.root().resolve("made.pdf"), 12));
        put("b.pdf", "%PDF-1.7 nothing\nstartxref\n3\n%%EOF".getBytes(ISO_8859_1));

        town.awaitReceived(2);
        assertThat(town.received())
                .extracting(Letters::text)
                .anySatisfy(mail -> assertThat(mail).contains("Subject: a.pdf: 12 p.", "12 pages."))
                .anySatisfy(mail -> assertThat(mail).contains("Subject: b.pdf: ? p.", "? pages."));
        await("the trace, too").until(() -> town.command("trace", "a.pdf").out().contains("octets, 12 pages\n"));
    }

    @Test
    void explainTellsThemBefore() throws Exception {
        Path scan = put("a.pdf", pdf(town.root().resolve("made.pdf"), 12));

        Town.Ran explained = town.command("explain", "--file", scan.toString());

        assertThat(explained.out()).contains("subject \"a.pdf: 12 p.\"");
    }
}
