package org.mailchute.doctor;

import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.mailchute.credentials.Causes;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.TlsContexts;
import org.mailchute.smtp.SmtpPeer.Tls;

/** STARTTLS as the lane does it, and whether the server's certificate would stand a strict look. */
record TlsCheck(Patient patient, Findings findings, Line line) {
    private static final String INSPECTION =
            "Have the firewall let SMTP through without inspection; some blank STARTTLS out on purpose.";

    /** The reply to the EHLO that counts: after TLS, or the first where TLS is not used. */
    Heard run(Talk talk, Heard hello) throws IOException, Stopped {
        if (patient.peer().tls() == Tls.NONE) {
            findings.info(Topic.TLS, "switched off in the settings (tls: none)", "");
            return hello;
        }
        if (hello.keyword("STARTTLS").isEmpty()) {
            return notOffered(hello);
        }
        Heard agreed = talk.say("STARTTLS");
        if (!agreed.positive()) {
            findings.error(Topic.TLS, "STARTTLS was answered " + agreed.reply(), INSPECTION);
            throw new Stopped("STARTTLS was refused");
        }
        secure(talk, patient.strictTls());
        return talk.say("EHLO " + patient.peer().ehloName());
    }

    private Heard notOffered(Heard hello) throws Stopped {
        String seen = patient.at() + " does not offer STARTTLS";
        if (patient.strictTls()) {
            findings.error(Topic.TLS, seen, INSPECTION);
            throw new Stopped("STARTTLS is not offered");
        }
        findings.warning(Topic.TLS, seen + "; mail would travel readable by all on the way", INSPECTION);
        return hello;
    }

    private void secure(Talk talk, boolean strict) throws IOException, Stopped {
        try {
            SSLSession session = talk.secure(patient.peer().sslContext().context(), strict);
            if (strict) {
                findings.ok(Topic.TLS, describe(session));
                asked(session);
            } else {
                lookStrictly(session);
            }
        } catch (CredentialException e) {
            findings.error(Topic.TLS, "TLS cannot begin: " + e.getMessage(), e.remedy());
            throw new Stopped("TLS cannot begin with these files");
        } catch (SSLException e) {
            findings.error(Topic.TLS, explain(e) + shown(), remedy(e));
            throw new Stopped("there is no TLS with the server");
        }
    }

    private void asked(SSLSession session) {
        if (patient.certificate().isEmpty()) {
            return;
        }
        if (session.getLocalCertificates() == null) {
            findings.error(
                    Topic.CERTIFICATE_ASKED,
                    "the server did not ask for a client certificate, so no connector can know us by it",
                    "Check that the host is your domain's MX host and that no firewall opens TLS on the way; or have the"
                            + " connector know this gateway's address.");
        } else {
            findings.ok(Topic.CERTIFICATE_ASKED, "the server asked, and ours was sent");
        }
    }

    /** The lane takes any certificate here (RFC 7435); that is worth a word, not a stop. */
    private void lookStrictly(SSLSession session) throws IOException {
        try (Talk second = line.atStartTls()) {
            second.secure(TlsContexts.of(patient.trust(), Optional.empty()), true);
            findings.ok(Topic.TLS, describe(session));
        } catch (SSLException e) {
            findings.warning(
                    Topic.TLS,
                    explain(e) + "; it shows " + describe(session) + "; this lane encrypts all the same",
                    remedy(e));
        } catch (CredentialException e) {
            findings.warning(Topic.TLS, e.getMessage() + "; " + describe(session), e.remedy());
        }
    }

    /** What a server whose certificate we do not take shows. */
    private String shown() {
        try (Talk second = line.atStartTls()) {
            return "; it shows " + describe(second.secure(TlsContexts.trustingAll(), false));
        } catch (IOException e) {
            return "";
        }
    }

    private static String describe(SSLSession session) throws SSLPeerUnverifiedException {
        Certificate[] chain = session.getPeerCertificates();
        String words = session.getProtocol() + ", " + session.getCipherSuite();
        if (chain[0] instanceof X509Certificate own && chain[chain.length - 1] instanceof X509Certificate last) {
            return words + ", certificate of " + own.getSubjectX500Principal() + " until "
                    + own.getNotAfter().toInstant() + ", chain ends with issuer " + last.getIssuerX500Principal();
        }
        return words;
    }

    private static String explain(SSLException e) {
        Throwable root = Causes.root(e);
        boolean certificate = Causes.of(e)
                .anyMatch(t -> t instanceof CertificateException || t instanceof CertPathValidatorException);
        return (certificate ? "the server's certificate is not accepted: " : "TLS failed: ") + root.getMessage();
    }

    private String remedy(SSLException e) {
        String said = explain(e);
        if (said.contains("No name matching") || said.contains("No subject alternative")) {
            return "Set the lane's host to a name the certificate carries: for relay and direct send the MX host itself, not"
                    + " an alias of your own.";
        }
        if (said.startsWith("the server's certificate")) {
            return "If a firewall opens TLS, have it let SMTP through. Else bring Java's authorities up to date: Microsoft's"
                    + " chain ends in DigiCert Global Root G2. A further authority goes into the lane's trust file.";
        }
        return "Microsoft 365 speaks TLS 1.2 and 1.3 only (421 4.7.66); a firewall that answers in its place may not.";
    }
}
