package org.mailchute.init;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailchute.settings.Cloud;

/** What an answer says. Each throws {@link IllegalArgumentException} for one that is none. */
final class AnswerWords {
    /** In place of an application's id that is not known yet. */
    static final String NO_ID = "00000000-0000-0000-0000-000000000000";

    static final String NONE = "none";
    static final String AUTO = "auto";
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\\.[a-z][a-z0-9-]*");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private AnswerWords() {}

    private static String fits(boolean fits, String text) {
        if (!fits) {
            throw new IllegalArgumentException("no answer");
        }
        return text;
    }

    static String hostName(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        return fits(NAME.matcher(name).matches(), name);
    }

    static String id(String text) {
        String id = text.toLowerCase(Locale.ROOT);
        return fits(ID.matcher(id).matches(), id);
    }

    static String tenant(String text) {
        return ID.matcher(text.toLowerCase(Locale.ROOT)).matches() ? id(text) : hostName(text);
    }

    static int number(String text) {
        return Integer.parseInt(fits(text.matches("\\d{1,9}"), text));
    }

    static String oneOf(String text, String... words) {
        return fits(List.of(words).contains(text), text);
    }

    static boolean address(String text) {
        return IPV4.matcher(text).matches();
    }

    static Optional<String> knownBy(String text) {
        return text.equals(NONE) ? Optional.empty() : Optional.of(address(text) ? text : hostName(text));
    }

    /** The settings would take some for something else. */
    static String path(String text) {
        return fits(
                !text.isBlank()
                        && text.chars().noneMatch(Character::isISOControl)
                        && Stream.of("?", "{{", "${").noneMatch(text::contains),
                text);
    }

    static Optional<Cloud> cloud(String text) {
        return text.equals(AUTO)
                ? Optional.empty()
                : Optional.of(Cloud.valueOf(oneOf(text, "worldwide", "gcc-high", "dod", "china")
                        .toUpperCase(Locale.ROOT)
                        .replace('-', '_')));
    }

    /** At least one, with commas between. */
    static <T> List<T> some(String text, Function<String, T> one) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(one)
                .distinct()
                .toList();
    }

    static <T> List<T> any(String text, Function<String, T> one) {
        return text.equals(NONE) || text.equals(AUTO) ? List.of() : some(text, one);
    }
}
