package org.mailchute.settings;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mailchute.credentials.SecretText;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.envelope.DeviceText;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.settings.yaml.Kind;

/** The kinds of value our settings know, each with the words that tell an administrator how to write it. */
final class Kinds {
    /** Stands in for a text that is missing or wrong; no text of a file can be mistaken for it. */
    static final String MISSING = "\0";

    private static final int LONGEST_LINE = 1000;
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
    private static final MailAddress NOBODY = new MailAddress("nobody", "invalid");

    static final Kind<String> LINE =
            new Kind<>("one line of text", "", checked(text -> text.length() <= LONGEST_LINE && noControls(text)));
    static final Kind<String> WORD =
            new Kind<>("a text of ASCII without spaces", "", checked(text -> text.matches("[\\x21-\\x7E]{1,500}")));
    /** What a device logs in with, umlauts and all. */
    static final Kind<String> USER = new Kind<>(
            "a text without spaces", "", checked(text -> text.matches("[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]{1,500}")));

    static final Kind<String> ID =
            new Kind<>("a name of a-z, 0-9 and -, at most 40", MISSING, checked(NAME.asMatchPredicate()));
    static final Kind<Boolean> FLAG = new Kind<>("true or false", false, Kinds::flag);
    static final Kind<MailAddress> ADDRESS =
            new Kind<>("one mail address such as scanner@contoso.com", NOBODY, MailAddress::parse);
    static final Kind<AddressPattern> ADDRESSES =
            new Kind<>("an address, *@domain, *@*.domain or *", new AddressPattern("*"), AddressPattern::parse);
    static final Kind<ReversePath> REVERSE_PATH =
            new Kind<>("one mail address, or <> for none", ReversePath.NULL, ReversePath::parse);
    static final Kind<SecretText> SECRET = new Kind<>(
            "a secret by ${env:NAME} or ${file:/path}, not empty and on one line",
            new SecretText(""),
            true,
            Kinds::secret);
    static final Kind<Charset> CHARSET =
            new Kind<>("a character set such as windows-1252", DeviceText.WINDOWS, Kinds::charset);
    /** A day's first moment, UTC. */
    static final Kind<Instant> DAY = new Kind<>("a day such as 2027-03-31", Instant.EPOCH, Kinds::day);

    static final Kind<Integer> PORT = whole(1, 65_535);

    private Kinds() {}

    static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException("this Java does not have it", e);
        }
    }

    static Kind<Integer> whole(int least, int most) {
        return new Kind<>("a whole number from " + least + " to " + most, least, text -> {
            if (!text.matches("\\d{1,9}")) {
                throw new IllegalArgumentException("no number");
            }
            return within(Integer.valueOf(text), least, most);
        });
    }

    /** {@code 500ms}, {@code 5s}, {@code 15m}, {@code 4h}, {@code 2d}, or ISO 8601 such as {@code PT15M}. */
    static Kind<Duration> duration(String least, String most) {
        Duration shortest = Durations.parse(least);
        Duration longest = Durations.parse(most);
        String expected = "a time from " + least + " to " + most + ", such as 500ms, 5s, 15m or 4h";
        return new Kind<>(expected, shortest, text -> within(Durations.parse(text), shortest, longest));
    }

    /** {@code 64KB}, {@code 35MB}, {@code 1GB}, in steps of 1024 as Microsoft counts; result in bytes. */
    static Kind<Long> size(String least, String most) {
        long smallest = Sizes.parse(least);
        long largest = Sizes.parse(most);
        String expected = "a size from " + least + " to " + most + ", such as 64KB or 35MB";
        return new Kind<>(expected, smallest, text -> within(Sizes.parse(text), smallest, largest));
    }

    /** A constant by its name in lower case with hyphens. */
    static <E extends Enum<E>> Kind<E> oneOf(List<E> constants) {
        String names = constants.stream().map(Kinds::label).collect(Collectors.joining(", "));
        return new Kind<>(
                "one of " + names,
                constants.get(0),
                text -> constants.stream()
                        .filter(constant -> label(constant).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("none of them")));
    }

    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A text that is taken as it stands once it passes. */
    static Kind<String> text(String expected, java.util.function.Predicate<String> fine) {
        return new Kind<>(expected, MISSING, checked(fine));
    }

    private static Function<String, String> checked(java.util.function.Predicate<String> fine) {
        return text -> {
            if (!fine.test(text)) {
                throw new IllegalArgumentException("not of this kind");
            }
            return text;
        };
    }

    static boolean noControls(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    private static Instant day(String text) {
        try {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("no day", e);
        }
    }

    private static boolean flag(String text) {
        if (!Arrays.asList("true", "false").contains(text)) {
            throw new IllegalArgumentException("neither");
        }
        return Boolean.parseBoolean(text);
    }

    private static SecretText secret(String text) {
        if (text.isEmpty() || !noControls(text)) {
            throw new IllegalArgumentException("no secret");
        }
        return new SecretText(text);
    }

    private static <C extends Comparable<C>> C within(C value, C least, C most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }
}
