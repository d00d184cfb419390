package org.mailchute.sidecar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.envelope.MailAddress;
import org.mailchute.sidecar.Sidecar.Format;

class SidecarTest {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    @TempDir
    Path folder;

    static Sidecar sidecar(Format format, Map<SidecarField, String> keys) {
        return new Sidecar(
                format, keys, new Sidecar.Way(format.extension(), WINDOWS, 64_000, false, Duration.ofSeconds(10)));
    }

    private SidecarTicket read(Format format, Map<SidecarField, String> keys, byte[] content)
            throws IOException, UnfitSidecar {
        Path file = Files.write(folder.resolve("scan." + format.extension()), content);
        return sidecar(format, keys).read(file, "scan." + format.extension());
    }

    private SidecarTicket read(Format format, String content) throws IOException, UnfitSidecar {
        return read(format, Map.of(), content.getBytes(UTF_8));
    }

    /** The same ticket in each form of our own. */
    static Stream<List<Object>> ownForms() {
        return Stream.of(
                List.of(Format.JSON, """
                        {"to": ["anna@contoso.com", "ben@contoso.com"], "cc": "cleo@contoso.com",
                         "replyTo": "dora@contoso.com", "subject": "Rechnung Müller", "user": "dora", "pages": 3}
                        """),
                List.of(Format.TXT, """
                        # from the copier on the second floor
                        [scan]
                        To: anna@contoso.com; ben@contoso.com
                        CC = cleo@contoso.com
                        replyto: "dora@contoso.com"

                        Subject: Rechnung Müller
                        user=dora
                        pages\t3
                        """),
                List.of(Format.CSV, """
                        to;cc;replyTo;subject;user;pages;text
                        anna@contoso.com,ben@contoso.com;cleo@contoso.com;dora@contoso.com;"Rechnung Müller";dora;3;
                        """),
                List.of(Format.CSV, """
                        to,anna@contoso.com
                        to,ben@contoso.com
                        cc,cleo@contoso.com
                        replyTo,dora@contoso.com
                        subject,"Rechnung Müller"
                        user,dora
                        pages,3
                        """));
    }

    @ParameterizedTest
    @MethodSource("ownForms")
    void theFieldsHaveTheSameNamesInEachForm(List<Object> form) throws Exception {
        SidecarTicket ticket = read((Format) form.get(0), (String) form.get(1));

        assertThat(ticket.to())
                .extracting(MailAddress::toString)
                .containsExactly("anna@contoso.com", "ben@contoso.com");
        assertThat(ticket.cc()).extracting(MailAddress::toString).containsExactly("cleo@contoso.com");
        assertThat(ticket.replyTo()).map(MailAddress::toString).contains("dora@contoso.com");
        assertThat(ticket.subject()).contains("Rechnung Müller");
        assertThat(ticket.text()).isEmpty();
        assertThat(ticket.fields()).containsOnly(Map.entry("user", "dora"), Map.entry("pages", "3"));
    }

    @Test
    void aDevicesOwnKeysAreMappedAndTheRestMeansNothing() throws Exception {
        Map<SidecarField, String> keys = Map.of(SidecarField.TO, "Job.Owner.Mail", SidecarField.SUBJECT, "title");

        SidecarTicket ticket = read(Format.JSON, keys, """
                {"Title": "Invoice", "job": {"id": 7, "owner": {"mail": "anna@contoso.com", "floor": null}}, "to": "x"}""".getBytes(UTF_8));

        assertThat(ticket.to()).extracting(MailAddress::toString).containsExactly("anna@contoso.com");
        assertThat(ticket.subject()).contains("Invoice");
    }

    @Test
    void xmlIsMappedByXPathThatMayGiveNodesOrText() throws Exception {
        Map<SidecarField, String> keys = Map.of(
                SidecarField.TO, "/job/mail/@to",
                SidecarField.CC, "//copy",
                SidecarField.SUBJECT, "concat('Scan of ', /job/title)",
                SidecarField.USER, "/job/nobody");

        SidecarTicket ticket = read(Format.XML, keys, """
                <?xml version="1.0" encoding="ISO-8859-1"?>
                <job xmlns="urn:any"><mail to="anna@contoso.com"/><copy>ben@contoso.com</copy>
                <copy> cleo@contoso.com </copy><title>K\u00e4ufer</title></job>
                """.getBytes(ISO_8859_1));

        assertThat(ticket.to()).extracting(MailAddress::toString).containsExactly("anna@contoso.com");
        assertThat(ticket.cc())
                .extracting(MailAddress::toString)
                .containsExactly("ben@contoso.com", "cleo@contoso.com");
        assertThat(ticket.subject()).contains("Scan of K\u00e4ufer");
        assertThat(ticket.fields()).isEmpty();
    }

    /** The elements of its manual, chapter "XML metadata file". */
    private static final String PAPERCUT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <scan>
              <accountName>Sales</accountName>
              <date>2026-11-23T14:05:11</date>
              <deviceName>device\\\\copier-2</deviceName>
              <fields><field><label>Invoice</label><value>4711</value></field></fields>
              <files><file>scan_anna_2026-11-23-14-05-11.pdf</file></files>
              <jobId>8d1</jobId>
              <name>Scan to office</name>
              <settings><fileType>PDF</fileType></settings>
              <type>folder</type>
              <user><name>anna</name><email>%s</email><department/><office/><groups><group>Staff</group></groups></user>
            </scan>
            """;

    @Test
    void paperCutsMetadataSaysWhoScannedAndGetsTheScan() throws Exception {
        SidecarTicket ticket = read(Format.PAPERCUT, PAPERCUT.formatted("anna@contoso.com"));

        assertThat(ticket.to()).extracting(MailAddress::toString).containsExactly("anna@contoso.com");
        assertThat(ticket.replyTo()).map(MailAddress::toString).contains("anna@contoso.com");
        assertThat(ticket.fields())
                .containsOnly(
                        Map.entry("user", "anna"),
                        Map.entry("device", "device\\\\copier-2"),
                        Map.entry("date", "2026-11-23T14:05:11"));
    }

    @Test
    void withPaperCutAnEmptyAddressSaysNothing() throws Exception {
        SidecarTicket ticket = read(Format.PAPERCUT, PAPERCUT.formatted(""));

        assertThat(ticket.to()).isEmpty();
        assertThat(ticket.fields()).containsEntry("user", "anna");
    }

    @Test
    void aPresetsFieldsMayBeSetOtherwiseOneByOne() throws Exception {
        Map<SidecarField, String> own = Map.of(SidecarField.SUBJECT, "/scan/fields/field[label='Invoice']/value");

        SidecarTicket ticket = read(
                Format.PAPERCUT, own, PAPERCUT.formatted("anna@contoso.com").getBytes(UTF_8));

        assertThat(ticket.subject()).contains("4711");
        assertThat(ticket.to()).hasSize(1);
    }

    @Test
    void sharpsFieldsAreFoundByNameWhereverTheyStand() throws Exception {
        SidecarTicket ticket = read(Format.SHARP, """
                <metadata><userDefined/><previouslyDefined><fromName>Anna Arnold</fromName>
                <senderName>anna@contoso.com</senderName><documentSubject>Contract</documentSubject>
                <fileName>contract</fileName></previouslyDefined></metadata>""");

        assertThat(ticket.to()).isEmpty();
        assertThat(ticket.replyTo()).map(MailAddress::toString).contains("anna@contoso.com");
        assertThat(ticket.subject()).contains("Contract");
        assertThat(ticket.fields()).containsOnly(Map.entry("user", "Anna Arnold"));
    }

    @Test
    void characterSetsAreToldByTheirMarkElseUtf8ElseAsTheSettingsSay() throws Exception {
        String text = "subject: Gr\u00fc\u00dfe";
        for (byte[] content : List.of(
                text.getBytes(UTF_8),
                ("\ufeff" + text).getBytes(UTF_8),
                ("\ufeff" + text).getBytes(UTF_16LE),
                ("\ufeff" + text).getBytes(UTF_16BE),
                text.getBytes(WINDOWS))) {
            assertThat(read(Format.TXT, Map.of(), content).subject()).contains("Gr\u00fc\u00dfe");
        }
    }

    @Test
    void aSidecarHasItsScansBaseNameOrItsWholeName() throws IOException {
        Sidecar json = sidecar(Format.JSON, Map.of());
        Path scan = folder.resolve("scan.pdf");
        assertThat(json.beside(scan, "")).isEmpty();

        Path base = Files.createFile(folder.resolve("scan.json"));
        assertThat(json.beside(scan, "")).contains(base);
        Path whole = Files.createFile(folder.resolve("scan.pdf.JSON"));
        assertThat(json.beside(scan, "")).as("the other may be scan.tif's").contains(whole);
        Path set = Files.createFile(folder.resolve("set.json"));
        assertThat(json.beside(folder.resolve("set_p1.jpg"), "set")).contains(set);
        assertThat(json.beside(folder.resolve("other.pdf"), "")).isEmpty();

        assertThat(List.of("scan.json", "scan.pdf.JSON")).allMatch(json::is);
        assertThat(List.of("scan.pdf", "json", "scan.jsonx", "scan.json.pdf")).noneMatch(json::is);
        assertThat(Sidecar.stems("set_p1.jpg", "set")).containsExactly("set_p1.jpg", "set_p1", "set");
        assertThat(List.of("scan.json", "scan.pdf.json", ".json"))
                .map(Sidecar::stem)
                .containsExactly("scan", "scan.pdf", ".json");
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "{}");
        Path link = Files.createSymbolicLink(folder.resolve("scan.json"), secret);

        assertThatThrownBy(() -> sidecar(Format.JSON, Map.of()).read(link, "scan.json"))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/job/[", "", "//a b", "concat("})
    void anExpressionThatIsNoneIsToldAtTheStart(String expression) {
        assertThatThrownBy(() -> Sidecar.path(expression)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsSaidIsOptional() throws Exception {
        for (String nothing : List.of("{}", "{\"to\": null}", "{\"to\": []}", "{\"subject\": \" \"}")) {
            assertThat(read(Format.JSON, nothing))
                    .isEqualTo(new SidecarTicket(
                            List.of(),
                            List.of(),
                            List.of(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Map.of()));
        }
    }
}
