package org.mailchute.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A MIME message that Graph was given: who it is from and for is what its header says.
 *
 * @param fields of the header, each with its folds
 * @param body where it begins in the file
 */
record GraphMessage(Path file, List<String> fields, long body) {
    private static final int LONGEST_HEADER = 1 << 20;
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>,;:\"]+@[^\\s<>,;:\"]+");

    static GraphMessage read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(LONGEST_HEADER), StandardCharsets.ISO_8859_1);
            int end = start.indexOf("\r\n\r\n");
            String header = end < 0 ? start : start.substring(0, end);
            return new GraphMessage(
                    file, Arrays.asList(header.split("\r\n(?![ \t])")), end < 0 ? start.length() : end + 2);
        }
    }

    private List<String> addresses(String name) {
        return fields.stream()
                .filter(field -> is(field, name))
                .map(field -> field.substring(name.length() + 1).replaceAll("\"[^\"]*\"", ""))
                .flatMap(value -> ADDRESS.matcher(value).results().map(found -> found.group()))
                .toList();
    }

    private static boolean is(String field, String name) {
        return field.toLowerCase(Locale.ROOT).startsWith(name + ":");
    }

    /** Those that say what the content is, or all others. */
    List<String> fields(boolean ofContent) {
        return fields.stream()
                .filter(field -> field.toLowerCase(Locale.ROOT).startsWith("content-") == ofContent)
                .toList();
    }

    /** With the empty line before it. */
    void writeBody(OutputStream out) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(body);
            in.transferTo(out);
        }
    }

    String from() {
        return addresses("from").stream().findFirst().orElse("");
    }

    /** Of To, Cc and Bcc, as often as they stand there. */
    List<String> recipients() {
        return List.of("to", "cc", "bcc").stream()
                .flatMap(name -> addresses(name).stream())
                .toList();
    }

    long octets() throws IOException {
        return Files.size(file);
    }

    /** As its recipients get it. */
    void writeWithoutBcc(Path to) throws IOException {
        try (OutputStream out = Files.newOutputStream(to)) {
            for (String field : fields) {
                if (!is(field, "bcc")) {
                    out.write((field + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                }
            }
            writeBody(out);
        }
    }
}
