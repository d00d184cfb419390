package org.mailchute.console;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.mailchute.credentials.AppProof;
import org.mailchute.credentials.PasswordHash;
import org.mailchute.credentials.RenewedTls;
import org.mailchute.credentials.SecretText;
import org.mailchute.door.Role;
import org.mailchute.management.ConnectionLimits;
import org.mailchute.management.HttpPages;
import org.mailchute.management.Response;
import org.mailchute.settings.ConsoleSettings;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.MovableClock;
import org.mailchute.testing.OpenIdAuthority;
import org.mailchute.testing.Patience;

/** All the ways in, without TLS, to some pages that tell who looks at them; anna is of the help desk and vera a viewer. */
final class OpenEntrance implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";
    static final String GROUP = "aaaaaaaa-2222-3333-4444-555555555555";

    /** The machine's time, for tokens of the authority are dated by it. */
    final MovableClock clock = new MovableClock(Clock.systemUTC().instant());

    final OpenIdAuthority entra;
    final Entrance entrance;
    final String here;
    private final LiveFeed feed = new LiveFeed();
    private final AtomicInteger looks = new AtomicInteger();
    private final RenewedTls trust;
    private final HttpPages pages =
            new HttpPages(new ConnectionLimits(64, 64, Patience.LONGEST, Patience.LONGEST, Patience.LONGEST), clock);

    OpenEntrance(Path folder) throws Exception {
        Certificates certificates = new Certificates();
        Path authorities = certificates.trustFile(folder);
        trust = new RenewedTls(Optional.of(authorities), Optional.empty(), clock);
        entra = new OpenIdAuthority(certificates.serving(certificates.server("localhost")));
        InetSocketAddress address =
                pages.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty());
        here = "http://127.0.0.1:" + address.getPort();
        entrance = new Entrance(
                settings(authorities),
                new OwnSite(false, Set.of("127.0.0.1")),
                Optional.empty(),
                "gateway.contoso.com",
                pages,
                clock);
        Access access = entrance.access();
        access.page("/console", Role.VIEWER, (request, visitor) -> seen(visitor));
        access.page("/console/dead", Role.HELPDESK, (request, visitor) -> seen(visitor));
        access.page(
                "/console/live/dead",
                Role.HELPDESK,
                (request, visitor) -> feed.of(
                        "dead",
                        () -> "look " + looks.incrementAndGet(),
                        visitor.person(),
                        () -> access.isSignedIn(request)));
        access.action("/console/drop", Role.HELPDESK, (request, visitor) -> Response.line(200, "dropped"));
        Assets.serve(pages);
    }

    private ConsoleSettings settings(Path authorities) {
        return new ConsoleSettings(
                true,
                List.of(
                        new ConsoleSettings.User("anna", hash(), Role.HELPDESK),
                        new ConsoleSettings.User("vera", hash(), Role.VIEWER)),
                Optional.of(new ConsoleSettings.Entra(
                        entra.authority(),
                        OpenIdAuthority.CLIENT,
                        new AppProof.Secret(new SecretText(OpenIdAuthority.SECRET)),
                        Map.of(GROUP, Role.HELPDESK),
                        URI.create(here),
                        Optional.of(authorities))),
                Duration.ofMinutes(30),
                Duration.ofHours(12));
    }

    /** Of one round, for a real one costs seconds here. */
    private static PasswordHash hash() {
        return PasswordHash.of(PASSWORD, new Random(1), 1);
    }

    private static Response seen(Visitor visitor) {
        return Response.line(200, visitor.person() + " " + visitor.role() + " " + visitor.csrf());
    }

    /** Where Entra sends a browser that comes to this page of its. */
    URI back(String page) throws Exception {
        SSLContext context = trust.context();
        return OpenIdAuthority.location(URI.create(page), context);
    }

    @Override
    public void close() {
        feed.close();
        pages.close();
        entra.close();
    }
}
