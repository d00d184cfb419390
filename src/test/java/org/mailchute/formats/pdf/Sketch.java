package org.mailchute.formats.pdf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A PDF written by hand, one character an octet. */
public final class Sketch {
    private final StringBuilder pdf = new StringBuilder("%PDF-1.5\n%\u00e2\u00e3\u00cf\u00d3\n");
    private final Map<Integer, Integer> offsets = new TreeMap<>();

    public Sketch object(int number, String value) {
        offsets.put(number, pdf.length());
        pdf.append(number).append(" 0 obj\n").append(value).append("\nendobj\n");
        return this;
    }

    public Sketch stream(int number, String dictionary, byte[] content) {
        return object(
                number,
                "<<" + dictionary + "/Length " + content.length + ">>\nstream\r\n" + new String(content, ISO_8859_1)
                        + "\nendstream");
    }

    public int length() {
        return pdf.length();
    }

    /** Objects must have the numbers 1, 2, 3 and so on. */
    public String table(String end, int first, String trailer) {
        int start = pdf.length();
        pdf.append("xref\n")
                .append(first)
                .append(' ')
                .append(offsets.size() + 1)
                .append('\n');
        pdf.append("0000000000 65535 f").append(end);
        offsets.values()
                .forEach(offset -> pdf.append(String.format(Locale.ROOT, "%010d 00000 n", offset))
                        .append(end));
        return pdf + "trailer\n<<" + trailer + "/Size " + (offsets.size() + 1) + ">>\n" + end(start);
    }

    /** The table is an object written last. */
    String end() {
        return pdf
                + end(offsets.values().stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(0));
    }

    private static String end(int start) {
        return "startxref\n" + start + "\n%%EOF\n";
    }
}
