package org.mailchute.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.mailchute.credentials.EntraApp;
import org.mailchute.credentials.EntraTokenSource;
import org.mailchute.credentials.HttpsProxy;
import org.mailchute.credentials.TlsContexts;
import org.mailchute.credentials.TlsSource;
import org.mailchute.graph.GraphMailbox;
import org.mailchute.graph.GraphSender;
import org.mailchute.lane.Lane;
import org.mailchute.nexthop.MxLookup;
import org.mailchute.nexthop.TenantMx;
import org.mailchute.reply.Option;
import org.mailchute.settings.CloudNames;
import org.mailchute.settings.Hosts;
import org.mailchute.settings.Login;
import org.mailchute.settings.Settings;
import org.mailchute.smtp.HeardNotes;
import org.mailchute.smtp.MailSender;
import org.mailchute.smtp.Seats;
import org.mailchute.smtp.Servers;
import org.mailchute.smtp.SessionPool;
import org.mailchute.smtp.SmtpPeer;
import org.mailchute.smtp.SmtpPeer.Proof;
import org.mailchute.smtp.SmtpPeer.Tls;

/**
 * Makes lanes of their settings. Certificates are read and servers asked by the first session, so
 * that what is wrong with them stops a lane and not the gateway.
 */
public final class LaneFactory {
    private static final Duration DNS_PATIENCE = Duration.ofSeconds(10);

    private final Path home;
    private final String ehloName;
    private final Clock clock;
    private final Clock steady;
    private final MailboxShares shares;
    private final MxLookup mx;
    private final CloudNames cloud;
    private final Optional<HttpsProxy> proxy;

    LaneFactory(Settings settings, Surroundings surroundings, HomeHold hold) {
        this.home = settings.home();
        this.ehloName = settings.name();
        this.clock = surroundings.clock();
        this.steady = surroundings.steady();
        this.cloud = settings.cloud();
        this.proxy = settings.proxy();
        this.shares = new MailboxShares(settings, surroundings, hold);
        this.mx = new MxLookup(surroundings.dns(), DNS_PATIENCE);
    }

    /** @throws IOException when a budget cannot be opened */
    Lane lane(Settings.Lane lane, HeardNotes heard) throws IOException {
        MailboxShares.Share share = shares.of(lane);
        return new Lane(
                lane.nextHop(),
                share.limits(),
                share.allowance(),
                sender(lane, share.seats()),
                heard,
                lane.sender(),
                lane.uncertainWait(),
                false);
    }

    private MailSender sender(Settings.Lane lane, Seats seats) {
        return lane.nextHop().option() == Option.GRAPH
                ? new GraphSender(GraphMailbox.of(peer(lane, lane.times()), proxy), steady, seats)
                : new SessionPool(peer(lane, lane.times()), steady, seats);
    }

    /** The server, and who we say we are. A person who waits for it has other times. */
    public SmtpPeer peer(Settings.Lane lane, SmtpPeer.Times times) {
        TlsSource tls = tls(lane);
        return new SmtpPeer(
                lane.nextHop().host(),
                lane.nextHop().port(),
                servers(lane),
                ehloName,
                lane.tls(),
                tls,
                proof(lane, LaneProofs.tls(lane, clock), times.connect()),
                lane.sourceAddress(),
                times);
    }

    private Servers servers(Settings.Lane lane) {
        String host = lane.nextHop().host();
        return lane.mx()
                ? Servers.mx(host, new TenantMx(mx, host, name -> cloud.mx(name) || Hosts.loopback(name)), lane.ipv4())
                : Servers.of(host, lane.ipv4());
    }

    private TlsSource tls(Settings.Lane lane) {
        return lane.tls() == Tls.REQUIRED ? LaneProofs.tls(lane, clock) : TlsContexts::trustingAll;
    }

    private Proof proof(Settings.Lane lane, TlsSource tls, Duration timeout) {
        if (lane.login() instanceof Login.Password login) {
            return new Proof.Password(login.user(), login.password());
        }
        if (lane.login() instanceof Login.App login) {
            EntraApp app = new EntraApp(login.authority(), login.clientId(), login.proof(), login.scope(), proxy);
            return new Proof.OAuth(login.user(), EntraTokenSource.of(app, tls, timeout, clock));
        }
        if (lane.login() instanceof Login.ManagedIdentity login) {
            return new Proof.OAuth(
                    login.user(), EntraTokenSource.managed(login.clientId(), login.scope(), timeout, clock));
        }
        if (lane.login() instanceof Login.Delegated login) {
            return new Proof.OAuth(
                    login.user(),
                    EntraTokenSource.delegated(
                            LaneSignIn.app(lane, login, proxy), LaneSignIn.file(home, lane), tls, timeout, clock));
        }
        return new Proof.Anonymous();
    }
}
