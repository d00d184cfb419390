package org.mailchute.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailchute.testing.Mutations;

/** Whatever lies in a folder as a scan: it is whole or lacks something, has so many pages or is not known to; no fault. */
class AnyFileTest {
    @TempDir
    Path folder;

    enum Type {
        PDF("application/pdf"),
        TIFF("image/tiff"),
        ZIP("application/oxps");

        private final String contentType;

        Type(String contentType) {
            this.contentType = contentType;
        }

        byte[] good() throws IOException {
            return switch (this) {
                case PDF -> pdf();
                case TIFF -> tiff();
                case ZIP -> zip();
            };
        }
    }

    private static final String[] WORDS = {
        "%PDF-1.4\n",
        "%%EOF",
        "startxref\n",
        "xref\n",
        "0 1\n",
        "<<",
        ">>",
        "[",
        "]",
        "(",
        ")",
        "/Kids",
        "/Prev 9",
        "/Length 99999",
        "/Filter/FlateDecode",
        "stream\n",
        "endstream",
        "1 0 R",
        "obj",
        "99999999999",
        "-1",
        "II*\0",
        "MM\0*",
        "II+\0",
        "\0\0\0\0",
        "\u00ff\u00ff\u00ff\u00ff",
        "\u00ff\u00d8",
        "\u00ff\u00d9",
        "PK\u0001\u0002",
        "PK\u0005\u0006",
        "PK\u0003\u0004",
        "PK\u0006\u0006"
    };

    private static byte[] pdf() {
        String text =
                "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                        + "3 0 obj<</Type/Page/Parent 2 0 R>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n"
                        + "0000000053 00000 n \n0000000104 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n145\n%%EOF\n";
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] tiff() {
        ByteBuffer file = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
        for (int next : new int[] {26, 0}) {
            file.putShort((short) 1)
                    .putShort((short) 256)
                    .putShort((short) 3)
                    .putInt(1)
                    .putInt(1)
                    .putInt(next);
        }
        return file.array();
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(octets)) {
            for (String name : new String[] {"a.txt", "Documents/1/Pages/1.fpage"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("content of no length".getBytes(StandardCharsets.US_ASCII));
            }
        }
        return octets.toByteArray();
    }

    private void looked(Type type, int seeds) throws IOException {
        byte[] good = type.good();
        Path file = folder.resolve("scan");
        for (long seed = 0; seed < seeds; seed++) {
            Files.write(file, new Mutations(seed, WORDS).of(good));
            try {
                assertThat(Completeness.lacks(file).orElse("nothing")).isNotBlank();
                Pages.count(file, type.contentType)
                        .ifPresent(pages -> assertThat(pages).isNotNegative());
            } catch (RuntimeException e) {
                throw new AssertionError(type + ", seed " + seed, e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isLookedAtWithoutAFault(Type type) throws IOException {
        looked(type, 300);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("nightly")
    void isLookedAtWithoutAFaultWithMorePatience(Type type) throws IOException {
        looked(type, 100_000);
    }
}
