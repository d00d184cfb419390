package org.mailchute.console;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import org.mailchute.credentials.SecretId;
import org.mailchute.deadletter.Person;
import org.mailchute.door.Role;
import org.mailchute.door.Seldom;
import org.mailchute.management.HttpPages;
import org.mailchute.management.Page;
import org.mailchute.management.Request;
import org.mailchute.management.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a page to whoever is signed in and has the role for it, and takes a form from that one's own pages only: it comes from our site, and holds
 * the secret of the session. Everybody else is sent to the sign-in, or told why not.
 */
final class Door implements Access {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final String GET = "GET";
    private static final String POST = "POST";

    private final HttpPages pages;
    private final OwnSite site;
    private final Sessions sessions;
    private final BrowserCookie cookie;
    private final Seldom seldom;
    private final String gateway;

    /**
     * @param seldom tells of what anybody may bring about
     * @param gateway its name
     */
    Door(HttpPages pages, OwnSite site, Sessions sessions, Seldom seldom, String gateway) {
        this.pages = pages;
        this.site = site;
        this.sessions = sessions;
        this.cookie = new BrowserCookie("mailchute", "Strict", site.tls());
        this.seldom = seldom;
        this.gateway = gateway;
    }

    @Override
    public void page(String path, Role needed, ConsolePage page) {
        guarded(path, GET, needed, page);
    }

    @Override
    public void action(String path, Role needed, ConsolePage page) {
        guarded(path, POST, needed, page);
    }

    private void guarded(String path, String method, Role needed, ConsolePage page) {
        pages.guarded(
                path,
                request -> refusal(request, method, needed).map(OwnSite::guarded),
                request -> OwnSite.guarded(answer(request, page)));
    }

    /** For whoever is not signed in; a form still comes from our own site. */
    void open(String path, Page toSee, Page toSend) {
        pages.open(path, request -> OwnSite.guarded(answer(request, toSee, toSend)));
    }

    private Response answer(Request request, Page toSee, Page toSend) throws Exception {
        if (!site.isAskedFor(request)) {
            return misdirected();
        }
        if (request.method().equals(GET)) {
            return toSee.answer(request);
        }
        return request.method().equals(POST) && site.sent(request)
                ? toSend.answer(request)
                : Response.line(403, "this comes from another site, or from no browser that is known");
    }

    private Optional<Response> refusal(Request request, String method, Role needed) {
        if (!site.isAskedFor(request)) {
            return Optional.of(misdirected());
        }
        if (!request.method().equals(method)) {
            return Optional.of(Response.line(405, "use " + method).with("Allow", method));
        }
        Optional<Visitor> visitor = visitor(request);
        return visitor.isEmpty()
                ? Optional.of(toSignIn(request))
                : refusal(View.of(request, visitor.get(), gateway), request, needed);
    }

    private Optional<Response> refusal(View view, Request request, Role needed) {
        if (!view.may(needed)) {
            String role = view.words().say("role", needed);
            return Optional.of(Faults.said(view, 403, view.say("door.role", role)));
        }
        boolean own = request.method().equals(GET)
                || site.sent(request)
                        && SecretId.same(
                                request.form().getOrDefault("csrf", ""),
                                view.visitor().csrf());
        return own ? Optional.empty() : Optional.of(Faults.said(view, 403, view.say("door.stale")));
    }

    private Response answer(Request request, ConsolePage page) throws Exception {
        Optional<Visitor> visitor = visitor(request); // it may have ended since
        return visitor.isPresent() ? page.answer(request, visitor.get()) : toSignIn(request);
    }

    @Override
    public boolean isSignedIn(Request request) {
        return cookie.of(request).flatMap(id -> sessions.visitor(id, false)).isPresent();
    }

    Optional<Visitor> visitor(Request request) {
        boolean byItself = request.header("accept").contains("text/event-stream");
        return cookie.of(request).flatMap(id -> sessions.visitor(id, !byItself));
    }

    /**
     * A page in a browser's window; what a page asks for by itself is only refused. Whoever follows another site's link, such as that of a mail, may be
     * signed in and come without the cookie: a page of ours leads there anew.
     */
    private Response toSignIn(Request request) {
        if (request.header("accept").contains("text/event-stream")) {
            return Response.line(401, "sign in");
        }
        boolean look = request.method().equals(GET);
        String to = look ? LocalPath.of(request) : LocalPath.FIRST;
        return look && request.header("sec-fetch-site").equals("cross-site")
                ? Outside.onward(Porch.of(request, gateway), to)
                : Html.see(SignInPage.PATH + "?to=" + Labels.encoded(to));
    }

    private static Response misdirected() {
        return Response.line(
                421, "this gateway has no console by that name; ask for it as the settings say, or as 127.0.0.1");
    }

    /** Somebody is signed in from now on; with whatever session the browser had before it is over. */
    Response signedIn(Request request, Person person, Role role, Response answer) {
        cookie.of(request).ifPresent(sessions::close);
        LOG.info(
                "console: {} signed in from {} ({})",
                person,
                from(request),
                role.name().toLowerCase(Locale.ROOT));
        return answer.with("Set-Cookie", cookie.kept(sessions.open(person, role)));
    }

    /** @param why in the log */
    static void refused(Request request, String name, String why) {
        LOG.warn("console: {} was not signed in from {}: {}", new Person(name), from(request), why);
    }

    /** Likewise, of what anybody may bring about as often as he likes, so that it does not fill the log. */
    void refusedAgain(Request request, String name, String why) {
        seldom.now(request.from(), why).ifPresent(more -> refused(request, name, why + more));
    }

    Response signedOut(Request request, Visitor visitor) {
        cookie.of(request).ifPresent(sessions::close);
        LOG.info("console: {} signed out", visitor.person());
        return Html.see(SignInPage.PATH).with("Set-Cookie", cookie.gone());
    }

    private static String from(Request request) {
        InetAddress from = request.from();
        return from.getHostAddress();
    }
}
