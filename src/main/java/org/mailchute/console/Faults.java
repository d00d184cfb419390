package org.mailchute.console;

import org.mailchute.console.pages.JtesaidGenerated;
import org.mailchute.management.Response;

/** Says to a visitor why what was asked is not done. */
final class Faults {
    private Faults() {}

    static Response said(View view, int status, String line) {
        return Html.page(status, out -> JtesaidGenerated.render(out, null, view, view.say("said.title"), line));
    }
}
