package org.mailchute.console;

import java.util.Optional;
import org.mailchute.management.Request;

/**
 * A secret that a browser keeps and no script sees (RFC 6265bis). With TLS its name begins with {@code __Host-}, so that no other host of the domain and
 * no connection without TLS puts another in its place; loopback has no TLS, and a cookie of any port of this machine.
 *
 * @param sameSite {@code Strict}: goes along from our own pages only; {@code Lax}: from a link of another site's, too
 */
record BrowserCookie(String plainName, String sameSite, boolean tls) {
    private String name() {
        return (tls ? "__Host-" : "") + plainName;
    }

    Optional<String> of(Request request) {
        return request.cookie(name());
    }

    /** @return the value of {@code Set-Cookie}, until the browser is closed */
    String kept(String value) {
        return name() + "=" + value + "; Path=/; HttpOnly; SameSite=" + sameSite + (tls ? "; Secure" : "");
    }

    /** @return the value of {@code Set-Cookie} that takes it away */
    String gone() {
        return kept("") + "; Max-Age=0";
    }
}
