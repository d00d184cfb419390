package org.mailchute.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.doctor.Status;
import org.mailchute.door.Role;
import org.mailchute.management.Request;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.tracestore.TraceQuery;

class WordsTest {
    private static final Pattern KEY = Pattern.compile("\"([a-z]+(?:\\.[a-z]+)+)\"");

    @Test
    void bothLanguagesSayTheSameThings() {
        assertThat(Words.in("de").keys()).isEqualTo(Words.in("en").keys());
        for (String key : Words.in("en").keys()) {
            assertThat(arguments("de", key)).as(key).isEqualTo(arguments("en", key));
        }
    }

    private static int arguments(String language, String key) {
        return new MessageFormat(Words.in(language).pattern(key), Locale.ROOT).getFormatsByArgumentIndex().length;
    }

    @Test
    void eachOfWhatCanBeHasItsWord() {
        Stream.of(
                        named("outcome", TraceQuery.Outcome.values()),
                        named("event", DeliveryEvent.Kind.values()),
                        named("role", Role.values()),
                        named("status", Status.values()),
                        named("when", SearchPage.When.values()),
                        Stream.of("state.open", "state.paused", "state.held", "state.leaving"))
                .flatMap(keys -> keys)
                .forEach(key -> assertThat(Words.in("en").keys()).contains(key));
    }

    private static Stream<String> named(String kind, Enum<?>[] all) {
        return Stream.of(all).map(one -> kind + "." + one.name().toLowerCase(Locale.ROOT));
    }

    /** A key that is put together has its beginning there, such as {@code "menu."}. */
    @Test
    void whatPagesSayThereIsAndNothingElse() throws IOException {
        Set<String> said = new TreeSet<>();
        StringBuilder all = new StringBuilder();
        for (String folder : new String[] {"src/main/jte", "src/main/java/org/mailchute/console"}) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    all.append(Files.readString(file));
                }
            }
        }
        Matcher keys = KEY.matcher(all);
        while (keys.find()) {
            said.add(keys.group(1));
        }
        assertThat(Words.in("en").keys())
                .allSatisfy(key -> assertThat(said.contains(key)
                                || all.indexOf("\"" + key.replaceFirst("\\.[a-z_]+$", "") + ".\"") >= 0
                                || all.indexOf("say(\"" + key.replaceFirst("\\.[a-z_]+$", "") + "\", ") >= 0
                                || key.equals("unknown")
                                || key.equals("number"))
                        .as(key)
                        .isTrue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de-AT,de;q=0.9,en;q=0.5 | de",
                "fr, en;q=0.5 | en",
                "fr | en",
                "'' | en",
                "no language! | en",
                "DE | de"
            })
    void theBrowsersFirstLanguageThatThereIsIsTaken(String accepts, String language) throws Exception {
        Request request = new Request(
                "GET",
                "/console",
                Map.of(),
                Map.of(),
                Map.of("accept-language", accepts),
                InetAddress.getLoopbackAddress());
        assertThat(Words.of(request).language()).isEqualTo(language);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void countsAreSaidAsPeopleSayThem(int count) {
        assertThat(Words.in("en").say("dead.count", count))
                .isEqualTo(new String[] {"No dead letter", "1 dead letter", "2 dead letters"}[count]);
    }
}
