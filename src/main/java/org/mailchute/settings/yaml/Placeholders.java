package org.mailchute.settings.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts in what {@code ${env:NAME}} and {@code ${file:/path}} stand for. What was put in is not looked at again.
 *
 * @param folder relative paths start here
 * @param environment the variables
 */
record Placeholders(Path folder, Map<String, String> environment) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^{}]*)}");
    private static final String UNREADABLE = "a file that Mailchute may read";
    private static final int LARGEST_SECRET = 64 * 1024;

    /** What a reference stands for cannot be had; the message is what was expected. */
    static final class Unresolved extends Exception {
        private static final long serialVersionUID = 1;

        Unresolved(String expected) {
            super(expected);
        }
    }

    /** Whether the text is one reference and nothing else, as secrets must be. */
    static boolean alone(String text) {
        return REFERENCE.matcher(text).matches();
    }

    String resolve(String text) throws Unresolved {
        Matcher reference = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (reference.find()) {
            String name = String.valueOf(reference.group(2));
            String value = "env".equals(reference.group(1)) ? variable(name) : content(name);
            reference.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return reference.appendTail(resolved).toString();
    }

    private String variable(String name) throws Unresolved {
        String value = environment.get(name);
        if (value == null) {
            throw new Unresolved(Fault.SET_VARIABLE);
        }
        return value;
    }

    private String content(String name) throws Unresolved {
        try {
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file)) {
                throw new Unresolved(Files.notExists(file) ? "a file that exists" : UNREADABLE);
            }
            return text(file).stripTrailing();
        } catch (CharacterCodingException e) {
            throw new Unresolved("a file of UTF-8 text");
        } catch (IOException | InvalidPathException e) {
            throw new Unresolved(UNREADABLE);
        }
    }

    private static String text(Path file) throws IOException, Unresolved {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_SECRET + 1);
            if (bytes.length > LARGEST_SECRET) {
                throw new Unresolved("a file of at most 64 KB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
        }
    }
}
