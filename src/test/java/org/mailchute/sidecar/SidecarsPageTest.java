package org.mailchute.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailchute.envelope.MailAddress;
import org.mailchute.sidecar.Sidecar.Format;

/** {@code src/docs/sidecars.md} shows what is really read. */
class SidecarsPageTest {
    private static final Map<SidecarField, String> XML = Map.of(
            SidecarField.TO, "/job/owner/@mail",
            SidecarField.USER, "/job/owner",
            SidecarField.SUBJECT, "concat('Scan: ', /job/title)");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"JSON", "TXT", "CSV", "XML"})
    void eachExampleIsRead(Format format) throws IOException, UnfitSidecar {
        String page = Files.readString(Path.of("src/docs/sidecars.md"));
        Matcher block =
                Pattern.compile("(?s)```" + format.extension() + "\n(.*?)```").matcher(page);
        assertThat(block.find()).isTrue();
        Path file = Files.write(folder.resolve("scan"), block.group(1).getBytes(UTF_8));

        SidecarTicket ticket =
                SidecarTest.sidecar(format, format.isXml() ? XML : Map.of()).read(file, "scan");

        assertThat(ticket.to()).extracting(MailAddress::toString).contains("anna@contoso.com");
        assertThat(ticket.subject()).get().asString().contains("Contract");
        assertThat(ticket.fields().get("user")).isEqualToIgnoringCase("anna");
    }

    @ParameterizedTest
    @EnumSource(SidecarField.class)
    void eachFieldIsInTheTable(SidecarField field) throws IOException {
        assertThat(Files.readString(Path.of("src/docs/sidecars.md")))
                .containsPattern("\\|[^\\n|]*`" + field.label() + "`");
    }
}
