package org.mailchute.console;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.mailchute.management.Request;
import org.mailchute.management.Response;
import org.mailchute.settings.ConsoleSettings;
import org.mailchute.settings.Settings;

/**
 * Keeps other sites out. A form counts that comes from a page of ours, as the browser says ({@code Sec-Fetch-Site}, else {@code Origin}). Without
 * TLS we are asked by a name of this machine or by nobody: a name of another's that was made to lead here (DNS rebinding) would make that one's
 * page one of ours; with TLS no certificate of ours is for such a name.
 *
 * @param hosts names that we may be asked by without TLS
 */
record OwnSite(boolean tls, Set<String> hosts) {
    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    static OwnSite of(Settings settings) {
        Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
        hosts.add(settings.management().bind());
        settings.console()
                .entra()
                .map(ConsoleSettings.Entra::redirect)
                .map(URI::getHost)
                .ifPresent(hosts::add);
        return new OwnSite(settings.management().certificate().isPresent(), hosts);
    }

    boolean isAskedFor(Request request) {
        return tls || hosts.contains(request.header("host").replaceFirst(":\\d*$", ""));
    }

    /** Whether a page of ours has sent this. */
    boolean sent(Request request) {
        String site = request.header("sec-fetch-site");
        String origin = (tls ? "https://" : "http://") + request.header("host");
        return site.isEmpty() ? request.header("origin").equals(origin) : site.equals("same-origin");
    }

    /**
     * The same for a browser that loads and sends nothing elsewhere, shows it in no frame and keeps no copy. Not said is that the host has TLS
     * only (RFC 6797): that would hold for all of its ports, which are not ours.
     */
    static Response guarded(Response answer) {
        return answer.with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with(
                        "Referrer-Policy",
                        "same-origin") // no-referrer would make browsers say "Origin: null" of our own forms
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Cross-Origin-Resource-Policy", "same-origin")
                .with("Cache-Control", "no-store");
    }
}
