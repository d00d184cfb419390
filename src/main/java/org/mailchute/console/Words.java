package org.mailchute.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mailchute.management.LocalTime;
import org.mailchute.management.Request;

/** The words of one language: a file {@code words_LANGUAGE.properties} in UTF-8, with patterns of {@link MessageFormat}. */
public final class Words {
    private static final List<String> LANGUAGES = List.of("en", "de");
    private static final Map<String, Words> ALL =
            LANGUAGES.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), Words::read));

    private final Locale locale;
    private final Properties patterns;

    private Words(Locale locale, Properties patterns) {
        this.locale = locale;
        this.patterns = patterns;
    }

    private static Words read(String language) {
        Properties patterns = new Properties();
        try (InputStream file =
                Objects.requireNonNull(Words.class.getResourceAsStream("words_" + language + ".properties"))) {
            patterns.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Words(Locale.forLanguageTag(language), patterns);
    }

    /** In the first of the browser's languages that there is (RFC 9110 section 12.5.4), else in English. */
    static Words of(Request request) {
        try {
            String language =
                    Locale.lookupTag(Locale.LanguageRange.parse(request.header("accept-language")), LANGUAGES);
            return in(language == null ? "en" : language);
        } catch (IllegalArgumentException e) {
            return in("en"); // none of its languages is one
        }
    }

    static Words in(String language) {
        return Objects.requireNonNull(ALL.get(language));
    }

    /** As the attribute {@code lang} has it. */
    public String language() {
        return locale.toLanguageTag();
    }

    /** The keys there are. */
    Set<String> keys() {
        return patterns.stringPropertyNames();
    }

    /**
     * As the file has it.
     *
     * @throws IllegalArgumentException when nothing stands under this key
     */
    String pattern(String key) {
        String pattern = patterns.getProperty(key);
        if (pattern == null) {
            throw new IllegalArgumentException("no words in " + language() + " for " + key);
        }
        return pattern;
    }

    /**
     * What stands under this key.
     *
     * @throws IllegalArgumentException when nothing does
     */
    public String say(String key, Object... values) {
        return new MessageFormat(pattern(key), locale).format(values);
    }

    /** The word for one of several, such as {@code outcome.dead}. */
    public String say(String kind, Enum<?> one) {
        return say(kind + "." + one.name().toLowerCase(Locale.ROOT));
    }

    /** A local time, as the commands show it. */
    public String time(Instant time) {
        return LocalTime.bare(time);
    }

    /** Octets, in a unit that fits. */
    public String size(long octets) {
        if (octets < 1000) {
            return octets + " B";
        }
        return octets < 1_000_000
                ? String.format(locale, "%.1f kB", octets / 1e3)
                : String.format(locale, "%.1f MB", octets / 1e6);
    }
}
