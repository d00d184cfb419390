package org.mailchute.settings.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a settings file as text, so strictly that what comes after need not fear it: UTF-8, no controls, no giants. */
final class YamlText {
    private static final int LARGEST = 1024 * 1024;

    private YamlText() {}

    static String read(Path file, String name) throws UnreadableFile {
        if (!Files.isRegularFile(file)) {
            throw Files.exists(file)
                    ? new UnreadableFile(name, 0, "no plain file", "a settings file")
                    : new UnreadableFile(name, 0, "no such file", "a settings file: mailchute init makes one");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new UnreadableFile(name, 0, "more than 1 MB", "a settings file of at most 1 MB");
            }
            return checked(decoded(bytes, name), name);
        } catch (IOException e) {
            throw new UnreadableFile(name, 0, "a file that cannot be read", "a file that Mailchute may read");
        }
    }

    private static String decoded(byte[] bytes, String name) throws UnreadableFile {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            throw new UnreadableFile(
                    name, line(text, text.length()), "bytes that are not UTF-8", "text saved as UTF-8");
        }
        boolean marked = !text.isEmpty() && text.charAt(0) == '\uFEFF';
        return marked ? text.subSequence(1, text.length()).toString() : text.toString();
    }

    private static String checked(String text, String name) throws UnreadableFile {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\n' && c != '\r' && c != '\t') {
                String found = "the control character U+%04X".formatted((int) c);
                throw new UnreadableFile(name, line(text, i), found, "text without control characters");
            }
        }
        return text;
    }

    private static int line(CharSequence text, int end) {
        return 1 + (int) text.chars().limit(end).filter(c -> c == '\n').count();
    }
}
