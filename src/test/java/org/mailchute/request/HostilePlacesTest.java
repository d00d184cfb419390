package org.mailchute.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Ticket;
import org.mailchute.testing.Patience;

/** P9: no request opens a file outside the folders it may name, and no field says more than its value. */
class HostilePlacesTest {
    @TempDir
    Path root;

    @SuppressWarnings("NullAway.Init") // set before each test
    private RequestFolders folders;

    @BeforeEach
    void open() throws Exception {
        folders = new RequestFolders(root);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.txt",
                "../../../../../../../../etc/passwd",
                "2026/../../secret.txt",
                "2026/./invoice.pdf",
                "/etc/passwd",
                "//etc/passwd",
                "/",
                ".",
                "..",
                "2026/..",
                "...",
                "~/secret",
                "\\\\server\\share\\x",
                "..\\secret.txt",
                "C:/windows/win.ini",
                "file:///etc/passwd",
                "2026/invoice.pdf:stream",
                "2026/invoice.pdf\u0000",
                "2026/invoice.pdf\n",
                "2026/*",
                "%2e%2e/secret.txt",
                "${file:/etc/passwd}",
                "2026/invoice.pdf/",
                "2026/invoice.pdf/x",
                "2026",
                "",
                " "
            })
    void aReferenceNeverLeavesItsFolder(String reference) {
        assertThatThrownBy(() -> folders.read(attach(reference))).isInstanceOf(Refused.class);
        assertThat(content()).doesNotContain("not for anybody").doesNotContain("root:");
    }

    @Test
    void aReferenceMayBeLongOnlyAsALine() {
        assertThatThrownBy(() -> folders.read(attach("x/".repeat(600) + "y"))).isInstanceOf(Refused.class);
    }

    @Test
    void aLinkIsNotFollowedAtTheEndNorOnTheWay() throws Exception {
        Files.createSymbolicLink(folders.files.resolve("link.pdf"), folders.outside);
        Files.createSymbolicLink(folders.files.resolve("up"), root);
        Files.createSymbolicLink(folders.files.resolve("inside.pdf"), folders.files.resolve("2026/invoice.pdf"));

        for (String reference : new String[] {"link.pdf", "up/secret.txt", "inside.pdf"}) {
            assertThatThrownBy(() -> folders.read(attach(reference)))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("no plain file");
        }
        assertThat(content()).isEmpty();
    }

    @Test
    void aFifoIsRefusedAndNotWaitedFor() throws Exception {
        Path fifo = folders.files.resolve("fifo");
        Process made = new ProcessBuilder("mkfifo", fifo.toString()).start();
        assumeThat(made.waitFor(Patience.MILLIS, TimeUnit.MILLISECONDS) && made.exitValue() == 0)
                .isTrue();

        assertThatThrownBy(() -> folders.read(attach("fifo")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("no plain file");
    }

    @Test
    void aFileThatIsTooLargeIsRefusedBeforeItIsCopied() throws Exception {
        Files.write(folders.files.resolve("large"), new byte[(int) RequestFolders.LARGEST + 1]);

        assertThatThrownBy(() -> folders.read(attach("large"))).isInstanceOf(Refused.class);
        assertThat(content()).isEmpty();
    }

    @Test
    void aFileKeepsItsNameAndIsCopied() throws Exception {
        Ticket ticket = folders.read(attach("2026/invoice.pdf"));

        assertThat(ticket.payloads().get(0).fileName()).isEqualTo("invoice.pdf");
        assertThat(ticket.payloads().get(0).contentType()).isEqualTo("application/pdf");
        assertThat(content()).isEqualTo("%PDF- invoice");
    }

    @Test
    void whereNothingMayBeNamedNamesAreRefused() {
        assertThatThrownBy(() -> SampleRequest.read(attach("2026/invoice.pdf")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("no references");
        assertThatThrownBy(() -> SampleRequest.read("{\"template\": \"plain\"}"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("no templates");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "secret.txt",
                "/etc/passwd",
                "a/b",
                "..",
                ".",
                "",
                " ",
                "plain\u0000",
                "plain\n",
                "pl*n",
                "\u0440lain",
                "-plain",
                "C:plain",
                "plain.txt",
                "${plain}"
            })
    void aTemplateIsNeverNamedByAPath(String name) {
        assertThatThrownBy(() -> folders.read("{\"template\": \"" + escaped(name) + "\"}"))
                .isInstanceOf(Refused.class);
    }

    @Test
    void aTemplateThatIsALinkIsNone() throws Exception {
        Files.createSymbolicLink(folders.templates.resolve("leak.txt"), folders.outside);

        assertThatThrownBy(() -> folders.read("{\"template\": \"leak\"}"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("no template");
    }

    @Test
    void aFieldIsTextInHtmlAndOneLineInTheSubject() throws Exception {
        Ticket ticket = folders.read(
                "{\"template\": \"reminder\", \"fields\": {\"name\":"
                        + " \"\\\"><script>alert('x')</script>&\\n$1 ${number}\", \"number\": \"4711\\r\\nBcc: evil@e.example\"}}");

        assertThat(ticket.header().subject()).isEqualTo("Invoice 4711??Bcc: evil@e.example");
        assertThat(ticket.html().orElse(""))
                .contains("&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;")
                .doesNotContain("<script>");
        assertThat(ticket.text()).contains("$1 ${number}"); // a value is not filled in again
    }

    @Test
    void aTemplateThatGrowsWithoutEndIsRefused() throws Exception {
        Files.writeString(folders.templates.resolve("bomb.txt"), "${a}".repeat(100_000));

        assertThatThrownBy(() ->
                        folders.read("{\"template\": \"bomb\", \"fields\": {\"a\": \"" + "x".repeat(900_000) + "\"}}"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("too long");
    }

    @Test
    void aTemplateThatIsNotUtf8IsRefused() throws Exception {
        Files.write(folders.templates.resolve("latin.txt"), "Gr\u00fc\u00dfe".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> folders.read("{\"template\": \"latin\"}"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": [[[[[[[[]]]]]]]]}",
                "{\"a\": {\"b\": {\"c\": {\"d\": {\"e\": {}}}}}}",
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": \"\\ud800\"}",
                "{\"a\u0000\": 1}",
                "{\"a\": NaN}",
                "{\"a\": 01}",
                "{\"__proto__\": 1}",
                "{\"class.classLoader\\u0000\": 1}"
            })
    void hostileFieldsAreRefused(String fields) {
        assertThatThrownBy(() -> folders.read("{\"template\": \"plain\", \"fields\": " + fields + "}"))
                .isInstanceOf(Refused.class);
    }

    @Test
    void hugeNumbersAreTextOrRefusedButNeverComputed() throws Exception {
        assertThat(folders.read("{\"template\": \"plain\", \"fields\": {\"a\": 1e999999999}}"))
                .isNotNull();
        assertThatThrownBy(() ->
                        folders.read("{\"template\": \"plain\", \"fields\": {\"a\": " + "9".repeat(2_000_000) + "}}"))
                .isInstanceOf(Refused.class);
    }

    private static String attach(String reference) {
        return "{\"attachments\": [{\"reference\": \"" + escaped(reference) + "\"}]}";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\u0000", "\\u0000");
    }

    private String content() {
        StringBuilder all = new StringBuilder();
        folders.kept.contents.forEach(content -> all.append(content.toString(StandardCharsets.UTF_8)));
        return all.toString();
    }
}
