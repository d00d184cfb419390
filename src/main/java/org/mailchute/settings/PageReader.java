package org.mailchute.settings;

import java.time.Duration;
import java.util.Optional;
import org.mailchute.intake.PagePattern;
import org.mailchute.intake.PageRule;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** The section {@code pages} of an intake: which of its files are pages of one scan. */
final class PageReader {
    private static final Kind<PagePattern> PATTERN = new Kind<>(
            "a regular expression (RE2) with just the named groups base and page, such as (?P<base>.+)_p(?P<page>[0-9]+)\\.jpg",
            PagePattern.parse("(?P<base>.+)_p(?P<page>[0-9]+)\\.jpg"),
            PagePattern::parse);

    private PageReader() {}

    static Optional<PageRule> read(Section intake) {
        if (!intake.has("pages")) {
            return Optional.empty();
        }
        Section pages = intake.section("pages");
        return Optional.of(new PageRule(
                pages.required("pattern", PATTERN),
                pages.value("quiet", Kinds.duration("0s", "1h"), Duration.ofSeconds(10))));
    }
}
