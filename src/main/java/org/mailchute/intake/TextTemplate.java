package org.mailchute.intake;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A subject or text with fields such as {@code ${file}}. */
public record TextTemplate(String template) {
    /** The fields an intake can fill. */
    public static final Set<String> FIELDS = Set.of("file", "intake", "date", "size");

    private static final Pattern FIELD = Pattern.compile("\\$\\{([^}]*)}?");

    /** @throws IllegalArgumentException naming a field there is not */
    public static TextTemplate parse(String template) {
        Matcher field = FIELD.matcher(template);
        while (field.find()) {
            if (!FIELDS.contains(field.group(1)) || !field.group().endsWith("}")) {
                throw new IllegalArgumentException(
                        "there is no field " + field.group() + "; there are ${file}, ${intake}, ${date}, ${size}");
            }
        }
        return new TextTemplate(template);
    }

    /** Fills the fields in; controls in values become question marks. */
    public String render(Map<String, String> values) {
        return FIELD.matcher(template)
                .replaceAll(field -> Matcher.quoteReplacement(
                        values.getOrDefault(field.group(1), "").replaceAll("\\p{Cntrl}", "?")));
    }
}
