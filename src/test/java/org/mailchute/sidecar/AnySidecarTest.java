package org.mailchute.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailchute.testing.Mutations;

/** Whatever lies beside a scan as its ticket: it is one, or unfit with a reason. */
class AnySidecarTest {
    @TempDir
    Path folder;

    private static final String[] WORDS = {
        "\"",
        "'",
        "{",
        "}",
        "[",
        "]",
        ",",
        ";",
        ":",
        "=",
        "\t",
        "\n",
        "\r\n",
        "\0",
        "<",
        ">",
        "/>",
        "<!--",
        "<![CDATA[",
        "]]>",
        "&amp;",
        "&",
        "to",
        "\u00ff\u00fe",
        "\u00ef\u00bb\u00bf",
        "\u00e4",
        "\\u0000",
        "1e999",
        "null",
        "@",
        "a@contoso.com"
    };

    private static String good(Sidecar.Format format) {
        return switch (format) {
            case JSON -> "{\"to\": [\"a@contoso.com\"], \"subject\": \"x\", \"user\": \"anna\", \"pages\": 3}";
            case TXT -> "# x\nTo: a@contoso.com\nSubject: x\nUser: anna\n";
            case CSV -> "to;subject;user\na@contoso.com;\"x; y\";anna\n";
            case XML, PAPERCUT, SHARP -> "<scan><user><email>a@contoso.com</email></user><subject>x</subject></scan>";
        };
    }

    private void read(Sidecar.Format format, int seeds) throws IOException {
        Sidecar sidecar = new Sidecar(
                format,
                format == Sidecar.Format.XML ? Map.of(SidecarField.TO, "//email") : Map.of(),
                new Sidecar.Way("x", StandardCharsets.ISO_8859_1, 10_000, false, Duration.ZERO));
        Path file = folder.resolve("scan.x");
        byte[] octets = good(format).getBytes(StandardCharsets.UTF_8);
        for (long seed = 0; seed < seeds; seed++) {
            Files.write(file, new Mutations(seed, WORDS).of(octets));
            try {
                sidecar.read(file, "scan.x");
            } catch (UnfitSidecar e) {
                assertThat(e.reason()).as("seed %d", seed).startsWith("sidecar ");
            } catch (RuntimeException e) {
                throw new AssertionError(format + ", seed " + seed, e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isReadOrUnfit(Sidecar.Format format) throws IOException {
        read(format, 200);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("nightly")
    void isReadOrUnfitWithMorePatience(Sidecar.Format format) throws IOException {
        read(format, 50_000);
    }
}
