package org.mailchute.boot;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.mailchute.credentials.ClientCertificate;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.EntraApp;
import org.mailchute.credentials.EntraTokenSource;
import org.mailchute.credentials.TlsContexts;
import org.mailchute.limits.Budget;
import org.mailchute.smtp.SessionPool;
import org.mailchute.smtp.SmtpPeer;
import org.mailchute.smtp.SmtpPeer.Proof;
import org.mailchute.smtp.SmtpPeer.Tls;
import org.mailchute.steps.Lane;

/** Makes lanes of their settings: certificates are read and budgets opened here, servers are not yet asked. */
final class LaneFactory {
    private final Path home;
    private final String ehloName;
    private final Clock clock;

    LaneFactory(Settings settings, Clock clock) {
        this.home = settings.home();
        this.ehloName = settings.name();
        this.clock = clock;
    }

    /** @throws CredentialException when a certificate or trust file cannot be used */
    Lane lane(Settings.Lane lane) throws IOException, GeneralSecurityException, CredentialException {
        Path budget = home.resolve("budget").resolve(lane.name());
        return new Lane(
                lane.nextHop(),
                lane.limits(),
                Budget.open(budget, lane.limits().recipientsPerDay(), clock),
                new SessionPool(peer(lane), clock),
                lane.sender(),
                lane.timing().uncertainWait());
    }

    private SmtpPeer peer(Settings.Lane lane) throws IOException, GeneralSecurityException, CredentialException {
        Settings.Timing timing = lane.timing();
        SSLContext tls = tls(lane);
        return new SmtpPeer(
                lane.nextHop().host(),
                lane.nextHop().port(),
                ehloName,
                lane.tls(),
                tls,
                proof(lane, tls),
                lane.sourceAddress(),
                timing.connect(),
                timing.reply(),
                timing.finalReply(),
                timing.sessionMessages(),
                timing.sessionAge(),
                timing.sessionIdle());
    }

    private SSLContext tls(Settings.Lane lane) throws IOException, GeneralSecurityException, CredentialException {
        if (lane.tls() != Tls.REQUIRED) {
            return TlsContexts.trustingAll();
        }
        return lane.login() instanceof Settings.Login.ClientCertificate files
                ? TlsContexts.of(lane.trust(), Optional.of(ClientCertificate.read(files.chain(), files.key(), clock)))
                : TlsContexts.of(lane.trust(), Optional.empty());
    }

    private Proof proof(Settings.Lane lane, SSLContext tls) {
        if (lane.login() instanceof Settings.Login.Password login) {
            return new Proof.Password(login.user(), login.password());
        }
        if (lane.login() instanceof Settings.Login.ClientSecret login) {
            return new Proof.OAuth(
                    login.mailbox().toString(),
                    new EntraTokenSource(
                            new EntraApp(authority(login), login.clientId(), login.secret(), login.scope()),
                            Optional.of(tls.getSocketFactory()),
                            lane.timing().connect(),
                            clock));
        }
        return new Proof.Anonymous();
    }

    /** The cloud's authority and the tenant; the demo's has its tenant in it already. */
    private static String authority(Settings.Login.ClientSecret login) {
        String authority = login.authority().endsWith("/") ? login.authority() : login.authority() + "/";
        return authority.endsWith("/" + login.tenant() + "/") ? authority : authority + login.tenant() + "/";
    }
}
