package org.mailchute.console;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.SecretId;
import org.mailchute.credentials.WebSignIn;
import org.mailchute.deadletter.Person;
import org.mailchute.door.Role;
import org.mailchute.management.Request;
import org.mailchute.management.Response;
import org.mailchute.settings.ConsoleSettings;

/**
 * Signs in with Entra. The browser that comes back must be the one that went: it has a cookie with the state that goes along. That one is
 * {@code Lax}, since the way back leads from another site; the session's is {@code Strict}, so what comes then is a page of ours that leads on, and
 * no redirect, with which a browser would not send it.
 */
final class EntraPage {
    static final String PATH = "/console/entra";
    static final String BEGIN = PATH + "/begin";

    private static final Duration GOOD = Duration.ofMinutes(10);
    private static final int MOST = 1_000;
    private static final int AT_A_TIME = 2;

    private final ConsoleSettings.Entra settings;
    private final WebSignIn signIn;
    private final Door door;
    private final BrowserCookie cookie;
    private final OnceOnly<Gone> gone;
    private final Semaphore finishing = new Semaphore(AT_A_TIME);
    private final String gateway;

    /** Somebody who has gone to sign in. */
    private record Gone(WebSignIn.Begun begun, String to) {}

    EntraPage(
            ConsoleSettings.Entra settings,
            WebSignIn signIn,
            Clock clock,
            RandomGenerator chance,
            Door door,
            boolean tls,
            String gateway) {
        this.settings = settings;
        this.signIn = signIn;
        this.door = door;
        this.cookie = new BrowserCookie("mailchute-entra", "Lax", tls);
        this.gone = new OnceOnly<>(clock, chance, GOOD, MOST);
        this.gateway = gateway;
    }

    void serve() {
        door.open(BEGIN, this::begin, request -> Response.line(405, "use GET"));
        door.open(PATH, this::back, request -> Response.line(405, "use GET"));
    }

    private URI redirect() {
        return URI.create(settings.redirect() + PATH);
    }

    private Response begin(Request request) {
        WebSignIn.Begun begun = signIn.begin();
        String state =
                gone.hold(new Gone(begun, LocalPath.of(request.parameters().getOrDefault("to", ""))));
        try {
            return Html.see(signIn.page(begun, state, redirect()).toString()).with("Set-Cookie", cookie.kept(state));
        } catch (CredentialException e) {
            return failed(request, e);
        }
    }

    private Response back(Request request) {
        String state = request.parameters().getOrDefault("state", "");
        boolean itself =
                cookie.of(request).filter(kept -> SecretId.same(state, kept)).isPresent();
        Optional<Gone> one = itself ? gone.give(state) : Optional.empty();
        String code = request.parameters().getOrDefault("code", "");
        if (one.isEmpty()) {
            return refused(
                    request, "somebody", "entra.elsewhere", "the sign-in began in another browser, or too long ago");
        }
        if (code.isEmpty()) {
            return refused(request, "somebody", "entra.nobody", "Entra signed nobody in");
        }
        return finished(request, code, one.get());
    }

    /** Few at a time: each waits for Entra, and others for the thread. */
    private Response finished(Request request, String code, Gone one) {
        if (!finishing.tryAcquire()) {
            return Outside.said(Porch.of(request, gateway), 429, "in.later");
        }
        try {
            return admitted(request, signIn.finish(code, one.begun(), redirect()), one.to());
        } catch (CredentialException e) {
            return failed(request, e);
        } finally {
            finishing.release();
        }
    }

    private Response admitted(Request request, WebSignIn.SignedIn person, String to) {
        Optional<Role> role = role(person);
        if (role.isEmpty() && person.groupsLeftOut()) {
            return refused(
                    request,
                    person.name(),
                    "entra.groups",
                    "member of so many groups that Entra names none: let it name those assigned to the application, or use app roles");
        }
        if (role.isEmpty()) {
            return refused(
                    request, person.name(), "entra.norole", "in none of console.entra.groups, and without an app role");
        }
        Response onward = Outside.onward(Porch.of(request, gateway), to);
        return door.signedIn(request, new Person(person.name()), role.get(), onward)
                .with("Set-Cookie", cookie.gone());
    }

    /** The highest of all. */
    private Optional<Role> role(WebSignIn.SignedIn person) {
        Stream<Role> byGroup = settings.groups().entrySet().stream()
                .filter(group -> person.groups().contains(group.getKey()))
                .map(group -> group.getValue());
        Stream<Role> byRole = Stream.of(Role.values())
                .filter(role ->
                        person.roles().contains("mailchute." + role.name().toLowerCase(Locale.ROOT)));
        return Stream.concat(byGroup, byRole).max(Role::compareTo);
    }

    private Response refused(Request request, String name, String words, String why) {
        door.refusedAgain(request, name, why);
        return Outside.said(Porch.of(request, gateway), 403, words);
    }

    private Response failed(Request request, CredentialException e) {
        door.refusedAgain(request, "somebody", e.getMessage() + "; " + e.remedy());
        return Outside.said(Porch.of(request, gateway), 502, "entra.failed");
    }
}
