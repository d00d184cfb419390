package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.settings.SettingsReader;
import org.mailchute.simulator.Received;
import org.mailchute.trace.DeliveryEvent.Kind;

/** Who gets a scan, through the real routes. */
class WhoJourneyTest {
    @RegisterExtension
    final Town town = new Town();

    @BeforeEach
    void settings() throws Exception {
        // what is below folders: in Town's settings is a list already; a second kind takes its place here
        Path secret = Files.writeString(town.folder("secrets").resolve("device"), "device-password");
        town.withIntake("""
                  drop:
                    - name: copier
                      password: "${file:%s}"
                      subfolders: true
                      from: scanner@contoso.example
                      to: [office@contoso.example]
                      bcc: [archive@contoso.example]
                      subject: "${user}|${device}|${file}"
                      who:
                        folders: true
                        pattern: '(?P<user>[a-z.]+)_.*\\.bin'
                        address: "{user}@contoso.example"
                        table:
                          - {name: Reception, to: [quality@partner.example]}
                """.formatted(secret))
                .withSection("ftp-server: {port: 0, tls: none, passivePorts: \"0\", loginDelay: 0s}");
    }

    private Path folder() throws Exception {
        return SettingsReader.read(town.settings(), java.util.Map.of()).folders().stream()
                .filter(folder -> folder.name().equals("copier"))
                .findFirst()
                .orElseThrow()
                .folder();
    }

    private Path put(String subfolder, String name) throws Exception {
        Path place = Files.createDirectories(folder().resolve(subfolder));
        Path half = Files.writeString(place.resolve(name + ".tmp"), "scan " + name);
        return Files.move(half, place.resolve(name));
    }

    private Received of(String file) {
        return town.received().stream()
                .filter(mail -> Letters.text(mail).contains("|" + file)
                        && mail.recipients().stream().noneMatch("archive@contoso.example"::equals))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theSubfolderTheNameAndTheSettingsEachFindTheRecipients() throws Exception {
        town.start();

        put("", "plain.bin");
        put("", "ben_1.bin");
        put("anna@contoso.example", "ben_2.bin");
        put("RECEPTION/job1", "ben_3.bin");

        await().until(() -> town.events(Kind.ACCEPTED).stream()
                        .flatMap(event -> event.recipients().stream())
                        .count()
                >= 8);
        assertThat(town.received())
                .extracting(mail -> Letters.text(mail).replaceAll("(?s).*\\nSubject: ([^\\r\\n]*).*", "$1 ")
                        + Letters.text(mail).replaceAll("(?s).*\\nTo: ([^\\r\\n]*).*", "$1"))
                .containsOnly(
                        "|copier|plain.bin office@contoso.example",
                        "ben|copier|ben_1.bin ben@contoso.example",
                        "ben|copier|ben_2.bin anna@contoso.example",
                        "ben|copier|ben_3.bin quality@partner.example");
        town.awaitEmptySpool();
    }

    @Test
    void aScanInAnUnknownSubfolderRestsInRejectedWithTheReason() throws Exception {
        town.start();

        put("recption", "scan.bin");

        assertThat(town.awaitEvent(Kind.REFUSED).reason()).isEqualTo("nobody is known for the sub-folder \"recption\"");
        Path rejected = town.home().resolve("rejected/copier");
        assertThat(rejected.resolve("scan.bin")).hasContent("scan scan.bin");
        assertThat(rejected.resolve("scan.bin.reason.txt")).content().contains("recption", "add it to the table");
        assertThat(town.received()).isEmpty();
        town.awaitEmptySpool();
    }

    @Test
    void aSubfolderThatIsAnAddressGoesThroughTheAcceptPolicy() throws Exception {
        town.start();

        put("somebody@elsewhere.example", "scan.bin");

        assertThat(town.awaitEvent(Kind.REFUSED).reason()).contains("nobody may send to somebody@elsewhere.example");
        town.awaitEmptySpool();
    }

    @Test
    void aClaimLeftByACrashStillGoesWhereItsSubfolderSays() throws Exception {
        Path incoming = Files.createDirectories(town.home().resolve("incoming/copier"));
        Files.writeString(incoming.resolve("lay-0000000000000001"), """
                {"subfolder":"Reception","companions":[]}""");
        Files.writeString(incoming.resolve("0000000000000001~scan.bin"), "content");
        Files.writeString(incoming.resolve("lay-0000000000000002"), """
                {"subfolder":"never claimed","companions":[]}""");

        town.start();

        town.awaitReceived(2);
        assertThat(of("scan.bin").recipients()).containsExactly("quality@partner.example");
        town.awaitEmptySpool();
    }

    @Test
    void explainTellsOfAFileWhereItsRecipientsComeFromAndTouchesNothing() throws Exception {
        Path scan = put("reception", "ben_1.bin");

        Town.Ran ran = town.command("explain", "--file", scan.toString());

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .contains(
                        "  intake  copier (drop)",
                        "  whole   yes",
                        "  to      quality@partner.example, from sub-folder \"reception\"",
                        "  bcc     archive@contoso.example, from the intake's settings",
                        "  subject \"ben|copier|ben_1.bin\"",
                        "  lane    connector");
        assertThat(town.command("explain", "--json", "--file", scan.toString()).out())
                .contains(
                        "\"taken\":true,\"facts\":[{\"what\":\"intake\",\"says\":\"copier (drop)\"}",
                        "\"recipient\":\"quality@partner.example\",\"refused\":null,\"lanes\":[{\"lane\":\"connector\"");
        assertThat(scan).exists();
        assertThat(List.of(
                        town.command("explain", "--file", put("nobody", "x.bin").toString()),
                        town.command("explain", "--file", folder() + "/missing.bin")))
                .extracting(Town.Ran::exitCode)
                .containsOnly(1);
    }

    @Test
    void explainSaysWhyAFileWouldNotBeTakenAndEndsWithAnother() throws Exception {
        Path half = Files.writeString(put("reception", "half.pdf"), "%PDF-1.4 never ends");

        Town.Ran waits = town.command("explain", "--file", half.toString());
        Town.Ran passed = town.command("explain", "--file", folder() + "/reception/ben_1.bin.part");

        assertThat(waits.exitCode()).isEqualTo(1);
        assertThat(waits.out())
                .contains(
                        "  whole   no: its PDF has no end (%%EOF); it would wait until it is",
                        "  to      quality@partner.example");
        assertThat(passed.exitCode()).isEqualTo(1);
    }

    @Test
    void explainTakesAFileFromAnywhereAsAnIntakesAndNamesWhatItDoesNotKnow() throws Exception {
        Path scan = Files.writeString(town.root().resolve("ben_1.bin"), "content");

        assertThat(town.command("explain", "--file", scan.toString(), "--intake", "copier")
                        .out())
                .contains("ben@contoso.example, from file name, user \"ben\"");
        Town.Ran unknown = town.command("explain", "--file", scan.toString());
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("give the intake by --intake");
    }
}
