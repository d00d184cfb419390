package org.mailchute.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mailchute.envelope.MailAddress;
import org.mailchute.testing.Mutations;
import org.mailchute.watch.IgnoredNames;

/** Whatever a file or folder is called: a place for it leads nowhere else, and it is somebody's, or refused on one line. */
class AnyNameTest {
    private static final List<MailAddress> FIXED = List.of(MailAddress.parse("office@contoso.com"));
    private static final Who WHO = new Who(
            true,
            false,
            Map.of(Who.key("Reception"), FIXED),
            Optional.of(NamePattern.parse("(?P<user>[^_]+)_(?P<device>.*)\\.pdf")),
            Optional.of("{user}@contoso.com"));
    private static final PagePattern PAGES = PagePattern.parse("(?P<base>.+)-(?P<page>[0-9]+)\\.jpg");
    private static final String[] GOOD = {"anna_copier 3.pdf", "Grüße-0007.jpg", "anna@contoso.com", "レポート.tif"};
    private static final String[] WORDS = {
        "/",
        "\\",
        "..",
        ".",
        ":",
        "?",
        "*",
        "~",
        "$",
        "_",
        "@",
        "%",
        "!",
        " ",
        "\0",
        "\n",
        "\r",
        "\u001b",
        "\u0085",
        "\u00e2\u0080\u00ae",
        "\u00e2\u0080\u00a8",
        "\u00cc\u0088",
        "\u00ed\u00a0\u0080",
        "\u00ff",
        "\u00f0\u009f\u0098\u0080",
        ".pdf",
        ".tmp",
        "-99999999999.jpg",
        "con",
        "x".repeat(300)
    };
    private static final Path PLACE = Path.of("/place");

    private static void looked(long seed) {
        byte[] good = GOOD[(int) (seed % GOOD.length)].getBytes(StandardCharsets.UTF_8);
        String name = new String(new Mutations(seed, WORDS).of(good), StandardCharsets.UTF_8);
        try {
            place(seed, PlaceName.of(name, 200));
            PAGES.read(name).ifPresent(page -> assertThat(page.page()).isNotNegative());
            IgnoredNames.ignored(name);
            known(seed, "", name);
            known(seed, name, "scan.pdf");
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static void place(long seed, String name) {
        assertThat(name.getBytes(StandardCharsets.UTF_8)).as("seed %d", seed).hasSizeBetween(1, 200);
        assertThat(name).as("seed %d", seed).matches("[^\\p{Cc}\\p{Cf}\\p{Cs}/\\\\:?]+");
        assertThat(PLACE.resolve(name).normalize().getParent())
                .as("seed %d", seed)
                .isEqualTo(PLACE);
    }

    private static void known(long seed, String folder, String name) {
        try {
            Addressees found = WHO.find(Optional.empty(), folder, name, FIXED);
            assertThat(found.origin()).as("seed %d", seed).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}]");
            assertThat(found.to())
                    .as("seed %d", seed)
                    .allMatch(to -> to.toString().matches("[!-~&&[^%!]]+@[a-z0-9.-]+"));
        } catch (Refused e) {
            assertThat(e.reason()).as("seed %d", seed).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}]");
        }
    }

    @Test
    void leadsNowhereElse() {
        for (long seed = 0; seed < 4_000; seed++) {
            looked(seed);
        }
    }

    @Test
    @Tag("nightly")
    void leadsNowhereElseWithMorePatience() {
        for (long seed = 4_000; seed < 1_000_000; seed++) {
            looked(seed);
        }
    }
}
