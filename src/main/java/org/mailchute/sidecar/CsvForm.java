package org.mailchute.sidecar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Comma-separated values (RFC 4180; semicolon and tab too, whichever the first line has): either a line of keys and one of
 * values, or a key and its value on each line.
 */
record CsvForm(FieldKeys keys) implements SidecarForm {
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

    @Override
    public SidecarText read(byte[] content, Charset otherwise) throws UnfitSidecar {
        List<CSVRecord> rows = rows(Decoded.text(content, otherwise));
        SidecarText said = new SidecarText();
        if (rows.isEmpty()) {
            return said;
        }
        if (isPairs(rows)) {
            for (CSVRecord row : rows) {
                keys.put(said, row.get(0), row.get(1), place(row));
            }
        } else {
            table(rows, said);
        }
        return said;
    }

    private void table(List<CSVRecord> rows, SidecarText said) throws UnfitSidecar {
        CSVRecord head = rows.get(0);
        if (rows.size() != 2) {
            throw new UnfitSidecar(
                    "below the line of keys there are " + (rows.size() - 1) + " lines of values",
                    "a sidecar is of one scan");
        }
        CSVRecord values = rows.get(1);
        if (values.size() > head.size()) {
            throw new UnfitSidecar(
                    place(values) + ": " + values.size() + " values below " + head.size() + " keys",
                    "put a value with a comma in it in quotes");
        }
        Set<String> once = new HashSet<>();
        for (int column = 0; column < values.size(); column++) {
            if (!once.add(head.get(column).strip().toLowerCase(Locale.ROOT))) {
                throw new UnfitSidecar(
                        place(head) + ": the key " + UnfitSidecar.shown(head.get(column)) + " stands twice",
                        "name it once");
            }
            keys.put(said, head.get(column), values.get(column), place(values));
        }
    }

    /** Two columns, and the first line is not all keys: {@code to,anna@contoso.com}, not {@code to,subject}. */
    private boolean isPairs(List<CSVRecord> rows) {
        return rows.stream().allMatch(row -> row.size() == 2)
                && !(rows.size() == 2 && keys.field(rows.get(0).get(1)).isPresent());
    }

    private static List<CSVRecord> rows(String text) throws UnfitSidecar {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter(text))
                .setIgnoreEmptyLines(true)
                .build();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            return parser.getRecords();
        } catch (IOException | UncheckedIOException e) {
            throw new UnfitSidecar(
                    "not CSV: a quote is not closed, or stands inside a value", "double a quote inside quotes");
        }
    }

    private static char delimiter(String text) {
        String first = QUOTED.matcher(text.lines().findFirst().orElse("")).replaceAll("");
        char found = ',';
        for (char one : new char[] {';', '\t'}) {
            found = count(first, one) > count(first, found) ? one : found;
        }
        return found;
    }

    private static long count(String line, char wanted) {
        return line.chars().filter(character -> character == wanted).count();
    }

    private static String place(CSVRecord row) {
        return "row " + row.getRecordNumber();
    }
}
