package org.mailchute.gateway;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.RenewedTls;
import org.mailchute.settings.Login;
import org.mailchute.settings.Settings;
import org.mailchute.smtp.SmtpPeer.Tls;

/** Looks at the files a lane proves itself and trusts by, as its first session will, without asking anybody. */
public final class LaneProofs {
    private LaneProofs() {}

    /** What would hold this lane now; empty when its files are fine. */
    public static Optional<CredentialException> fault(Path home, Settings.Lane lane, Clock clock) {
        try {
            if (lane.tls() == Tls.REQUIRED) {
                tls(lane, clock).context();
            }
            if (lane.login() instanceof Login.App app) {
                app.proof().check(clock);
            }
            if (lane.login() instanceof Login.Delegated) {
                LaneSignIn.file(home, lane).check(LaneSignIn.command(lane));
            }
            return Optional.empty();
        } catch (CredentialException e) {
            return Optional.of(e);
        }
    }

    /** Trust file and, for relay, client certificate. */
    public static RenewedTls tls(Settings.Lane lane, Clock clock) {
        Optional<CertificateFiles> own = lane.login() instanceof Login.ClientCertificate certificate
                ? Optional.of(certificate.files())
                : Optional.empty();
        return new RenewedTls(lane.trust(), own, clock);
    }
}
