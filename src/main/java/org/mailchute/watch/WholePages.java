package org.mailchute.watch;

import java.io.IOException;
import java.util.Optional;
import org.mailchute.formats.Completeness;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;

/** Looks at what was claimed once more, now that nobody else can open it by its name. */
public final class WholePages {
    private WholePages() {}

    /**
     * @throws Refused when a page never became whole, or kept its temporary name
     * @throws IOException when somebody writes to it still, or it cannot be read
     */
    public static void check(Claimed claimed) throws IOException, Refused {
        for (Companion page : claimed.pages()) {
            check(page);
        }
    }

    private static void check(Companion page) throws IOException, Refused {
        Optional<String> more = Growing.of(page.file()).more();
        if (more.isPresent()) {
            throw new StillWritten(page.name(), more.get());
        }
        Optional<String> lack = IgnoredNames.ignored(page.name())
                ? Optional.of(IgnoredNames.NOT_RENAMED)
                : Completeness.lacks(page.file());
        if (lack.isPresent()) {
            throw Refused.undecided(
                    "\"" + page.name() + "\" never became whole: " + lack.get(),
                    "scan again; should it be good all the same, send it by hand");
        }
    }
}
