package org.mailchute.intake;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailchute.formats.Pages;

/** A subject or text with fields such as {@code ${file}}. */
public record TextTemplate(String template) {
    /** The fields an intake can fill. */
    public static final Set<String> FIELDS = Set.of("file", "intake", "date", "size", "user", "device", "pages");

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final Pattern FIELD = Pattern.compile("\\$\\{([^}]*)}?");

    /** @throws IllegalArgumentException naming a field there is not */
    public static TextTemplate parse(String template) {
        Matcher field = FIELD.matcher(template);
        while (field.find()) {
            if (!FIELDS.contains(field.group(1)) || !field.group().endsWith("}")) {
                throw new IllegalArgumentException("there is no field " + field.group()
                        + "; there are ${file}, ${intake}, ${date}, ${size}, ${user}, ${device}, ${pages}");
            }
        }
        return new TextTemplate(template);
    }

    /**
     * The values of the fields.
     *
     * @param date shown in this machine's time zone
     * @param size octets, shown in KB or MB of 1,000
     */
    public static Map<String, String> fields(String file, String intake, Instant date, long size) {
        return Map.of(
                "file",
                file,
                "intake",
                intake,
                "date",
                DATE.format(date.atZone(ZoneId.systemDefault())),
                "size",
                humanSize(size),
                "user",
                "",
                "device",
                intake,
                "pages",
                Pages.UNKNOWN);
    }

    private static String humanSize(long octets) {
        if (octets < 1_000_000) {
            return Math.max(1, octets / 1_000) + " KB";
        }
        return String.format(Locale.ROOT, "%.1f MB", octets / 1_000_000.0);
    }

    /** Whether a field stands in it. */
    public boolean names(String field) {
        return FIELD.matcher(template)
                .results()
                .anyMatch(found -> found.group(1).equals(field));
    }

    /** Fills the fields in; controls in values become question marks. */
    public String render(Map<String, String> values) {
        return FIELD.matcher(template)
                .replaceAll(field -> Matcher.quoteReplacement(Shown.line(values.getOrDefault(field.group(1), ""))));
    }
}
