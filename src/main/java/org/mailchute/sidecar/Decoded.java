package org.mailchute.sidecar;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Octets to text: by a byte order mark; else UTF-8 where it is that; else what the settings say. Nothing is guessed away. */
final class Decoded {
    private Decoded() {}

    static String text(byte[] content, Charset otherwise) throws UnfitSidecar {
        String text = marked(content)
                .or(() -> strictly(content, 0, StandardCharsets.UTF_8))
                .or(() -> strictly(content, 0, otherwise))
                .orElseThrow(() -> new UnfitSidecar(
                        "its characters are neither UTF-8 nor " + otherwise.name(),
                        "set charset to what the device writes"));
        int zero = text.indexOf('\0');
        if (zero >= 0) {
            throw new UnfitSidecar(
                    "character " + (zero + 1) + " is a zero", "write UTF-8, or UTF-16 with a byte order mark");
        }
        return text;
    }

    private static Optional<String> marked(byte[] content) {
        if (begins(content, 0xEF, 0xBB, 0xBF)) {
            return strictly(content, 3, StandardCharsets.UTF_8);
        }
        if (begins(content, 0xFF, 0xFE)) {
            return strictly(content, 2, StandardCharsets.UTF_16LE);
        }
        return begins(content, 0xFE, 0xFF) ? strictly(content, 2, StandardCharsets.UTF_16BE) : Optional.empty();
    }

    private static boolean begins(byte[] content, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= content.length || (content[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> strictly(byte[] content, int from, Charset charset) {
        try {
            ByteBuffer rest = ByteBuffer.wrap(content, from, content.length - from);
            return Optional.of(charset.newDecoder().decode(rest).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
