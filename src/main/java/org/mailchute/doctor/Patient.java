package org.mailchute.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.EntraApp;
import org.mailchute.envelope.MailAddress;
import org.mailchute.limits.SendingLimits;
import org.mailchute.reply.Option;
import org.mailchute.reply.Service;
import org.mailchute.service.ServiceProfile;
import org.mailchute.smtp.SmtpPeer;

/**
 * One lane, as far as the doctor looks at it.
 *
 * @param lane its name
 * @param service whose client submission it is
 * @param mx the peer's host is a domain, whose MX hosts are looked up
 * @param peer the server and our proof, with the doctor's short time-outs
 * @param trust authorities trusted as well as Java's
 * @param certificate by which a relay connector knows us
 * @param app the app registration that asks for tokens
 * @param egress addresses or networks that Microsoft should see us by; empty where nobody noted them
 * @param sender of the probe: one of those the gateway sends as
 */
public record Patient(
        String lane,
        Option option,
        Service service,
        boolean mx,
        SmtpPeer peer,
        Optional<Path> trust,
        Optional<CertificateFiles> certificate,
        Optional<EntraApp> app,
        SendingLimits limits,
        List<String> egress,
        MailAddress sender,
        Plan plan) {

    /** Topics only the server can answer. */
    List<Topic> atServer() {
        return switch (option) {
            case SUBMISSION -> List.of(Topic.REACHED, Topic.TLS, Topic.AUTH_OFFERED, Topic.SIZE, Topic.LOGIN);
            case DIRECT_SEND -> List.of(Topic.REACHED, Topic.TLS, Topic.SIZE, Topic.FAMILY, Topic.EGRESS, Topic.PROBE);
            case GRAPH -> List.of(Topic.REACHED, Topic.LOGIN);
            case RELAY ->
                certificate.isPresent()
                        ? List.of(
                                Topic.REACHED,
                                Topic.TLS,
                                Topic.SIZE,
                                Topic.FAMILY,
                                Topic.EGRESS,
                                Topic.CERTIFICATE_ASKED,
                                Topic.PROBE)
                        : List.of(Topic.REACHED, Topic.TLS, Topic.SIZE, Topic.FAMILY, Topic.EGRESS, Topic.PROBE);
        };
    }

    /** Relay whose connector knows us by our address. */
    boolean knownByAddress() {
        return option == Option.RELAY && certificate.isEmpty();
    }

    /** Who logs in; for lanes without a login, the sender. */
    String mailbox() {
        if (peer.proof() instanceof SmtpPeer.Proof.OAuth oauth) {
            return oauth.mailbox();
        }
        return peer.proof() instanceof SmtpPeer.Proof.Password password ? password.user() : sender.toString();
    }

    /** A secret never crosses a connection that anybody on the way could have made plain; so do the lane's sessions. */
    boolean strictTls() {
        return peer.tls() == SmtpPeer.Tls.REQUIRED
                || peer.tls() == SmtpPeer.Tls.OPTIONAL && !(peer.proof() instanceof SmtpPeer.Proof.Anonymous);
    }

    /** Whether mail to outside is routed over it. */
    boolean external() {
        return !plan.outside().isEmpty();
    }

    /** What its service wants and gives. */
    ServiceProfile profile() {
        return ServiceProfile.of(service);
    }

    /** A remedy of the service's, with our own values in place of its words in capitals. */
    String own(String remedy) {
        return remedy.replaceAll("\\bMAILBOX\\b", Matcher.quoteReplacement(mailbox()))
                .replaceAll("\\bDOMAIN\\b", sender.domain())
                .replaceAll(
                        "\\bAPP\\b",
                        app.map(EntraApp::clientId)
                                .map(Matcher::quoteReplacement)
                                .orElse("APP"));
    }

    String at() {
        return peer.host() + ":" + peer.port();
    }
}
