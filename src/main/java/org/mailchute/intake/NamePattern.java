package org.mailchute.intake;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a file's name tells: a regular expression with the named group {@code user}, and {@code device} if wanted, that fits
 * the whole name; upper and lower case do not matter. RE2's matching takes time in proportion to the name, whatever the
 * expression: no name, however made up, can stop an intake by backtracking.
 */
public final class NamePattern {
    private static final Set<String> GROUPS = Set.of("user", "device");
    /** File systems allow 255 octets. */
    private static final int LONGEST = 255;

    private final Pattern pattern;

    private NamePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException when it is no expression of RE2's, lacks {@code user} or names another group */
    public static NamePattern parse(String expression) {
        try {
            Pattern pattern = Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
            Set<String> groups = pattern.namedGroups().keySet();
            if (!groups.contains("user") || !GROUPS.containsAll(groups)) {
                throw new IllegalArgumentException("its named groups are user and, if wanted, device");
            }
            return new NamePattern(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("not a regular expression of RE2: " + e.getDescription(), e);
        }
    }

    /** The named groups that are not empty; empty when the name does not fit. */
    public Optional<Map<String, String>> read(String name) {
        Matcher matcher = pattern.matcher(name);
        if (name.length() > LONGEST || !matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (String group : pattern.namedGroups().keySet()) {
            String value = matcher.group(group);
            if (value != null && !value.isEmpty()) {
                found.put(group, value);
            }
        }
        return Optional.of(found);
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
