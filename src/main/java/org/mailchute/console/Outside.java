package org.mailchute.console;

import org.mailchute.console.pages.JteoutsidesaidGenerated;
import org.mailchute.management.Response;

/** Says to somebody who is not signed in why not. */
final class Outside {
    private Outside() {}

    /** @param key of the words */
    static Response said(Porch porch, int status, String key) {
        return Html.page(status, out -> JteoutsidesaidGenerated.render(out, null, porch, porch.say(key)));
    }
}
