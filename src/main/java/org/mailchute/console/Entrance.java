package org.mailchute.console;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.mailchute.credentials.EntraApp;
import org.mailchute.credentials.HttpsProxy;
import org.mailchute.credentials.RenewedTls;
import org.mailchute.credentials.WebSignIn;
import org.mailchute.deadletter.Person;
import org.mailchute.door.Role;
import org.mailchute.door.Seldom;
import org.mailchute.management.HttpPages;
import org.mailchute.settings.ConsoleSettings;
import org.mailchute.settings.Settings;

/** All the ways in, as the settings have them, and the way out; {@link #access()} is for the pages behind it. */
final class Entrance {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Door door;
    private final LinkPage links;

    /** @param gateway its name */
    Entrance(
            ConsoleSettings console,
            OwnSite site,
            Optional<HttpsProxy> proxy,
            String gateway,
            HttpPages pages,
            Clock clock) {
        SecureRandom chance = new SecureRandom();
        Sessions sessions = new Sessions(clock, chance, console.session(), console.sessionMost());
        door = new Door(pages, site, sessions, new Seldom(clock), gateway);
        links = new LinkPage(clock, chance, door, gateway);
        links.serve();
        LoginAttempts attempts = new LoginAttempts(console.users(), clock);
        new SignInPage(console, attempts, door, gateway).serve();
        door.action("/console/out", Role.VIEWER, door::signedOut);
        console.entra().ifPresent(entra -> {
            WebSignIn signIn = new WebSignIn(app(entra, proxy), tls(entra, clock), PATIENCE, clock, chance);
            new EntraPage(entra, signIn, clock, chance, door, site.tls(), gateway).serve();
        });
    }

    static Entrance of(Settings settings, HttpPages pages, Clock clock) {
        return new Entrance(settings.console(), OwnSite.of(settings), settings.proxy(), settings.name(), pages, clock);
    }

    private static EntraApp app(ConsoleSettings.Entra entra, Optional<HttpsProxy> proxy) {
        return new EntraApp(entra.authority(), entra.clientId(), entra.proof(), "openid", proxy);
    }

    private static RenewedTls tls(ConsoleSettings.Entra entra, Clock clock) {
        return new RenewedTls(entra.trust(), Optional.empty(), clock);
    }

    Access access() {
        return door;
    }

    /** @return path and query of a link that lets this person in once, within two minutes, as administrator */
    String link(Person person) {
        return links.link(person);
    }
}
