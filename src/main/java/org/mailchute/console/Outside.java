package org.mailchute.console;

import org.mailchute.console.pages.JteonwardGenerated;
import org.mailchute.console.pages.JteoutsidesaidGenerated;
import org.mailchute.management.Response;

/** Pages for somebody who is not signed in, or of whom that is not known. */
final class Outside {
    private Outside() {}

    /** Leads on by itself: as a page of ours and no redirect, so that the cookie goes along whatever site the visitor comes from. */
    static Response onward(Porch porch, String to) {
        return Html.page(out -> JteonwardGenerated.render(out, null, porch, to));
    }

    /**
     * Why not.
     *
     * @param key of the words
     */
    static Response said(Porch porch, int status, String key) {
        return Html.page(status, out -> JteoutsidesaidGenerated.render(out, null, porch, porch.say(key)));
    }
}
