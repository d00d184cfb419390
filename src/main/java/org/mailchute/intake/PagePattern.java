package org.mailchute.intake;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * How a device names the pages of one scan that it saves as a file each: a regular expression (RE2) with the named groups
 * {@code base}, what all pages share, and {@code page}, a number; it fits the whole name, and upper and lower case do not
 * matter. There is none by default: to a device that only counts its scans ({@code SCN_0001.jpg}, {@code SCN_0002.jpg}) it
 * would send one person's scan with another's.
 */
public final class PagePattern {
    private static final Set<String> GROUPS = Set.of("base", "page");
    /** File systems allow 255 octets. */
    private static final int LONGEST = 255;

    private static final int MOST_DIGITS = 9;

    private final Pattern pattern;

    /** What a page's name tells. */
    public record PageName(String base, int page) {}

    private PagePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException when it is no expression of RE2's, or its named groups are not just these two */
    public static PagePattern parse(String expression) {
        try {
            Pattern pattern = Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
            if (!pattern.namedGroups().keySet().equals(GROUPS)) {
                throw new IllegalArgumentException("its named groups are base and page");
            }
            return new PagePattern(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("not a regular expression of RE2: " + e.getDescription(), e);
        }
    }

    /** Empty when the name is not a page's. */
    public Optional<PageName> read(String name) {
        Matcher matcher = pattern.matcher(name);
        if (name.length() > LONGEST || !matcher.matches()) {
            return Optional.empty();
        }
        String page = String.valueOf(matcher.group("page"));
        return page.matches("[0-9]{1," + MOST_DIGITS + "}")
                ? Optional.of(new PageName(String.valueOf(matcher.group("base")), Integer.parseInt(page)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
