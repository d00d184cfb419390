package org.mailchute.credentials;

import com.microsoft.aad.msal4j.MsalJsonParsingException;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.microsoft.aad.msal4j.MsalThrottlingException;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Entra's errors mean, in plain words. Sentences are ours, so that nothing the other side echoes gets through.
 *
 * @param host that is asked
 * @param secret that it may repeat, and we must not
 * @param signIn the command that signs a person in, where a person must
 */
record EntraErrors(String host, Optional<SecretText> secret, Optional<String> signIn) {
    private static final Pattern CODE = Pattern.compile("AADSTS(\\d+)");
    /** The beginning of a JSON Web Token: an assertion of ours, or a token of theirs. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}");

    /** RFC 6749 section 5.2, RFC 8628 section 3.5: only a person can help. */
    private static final Set<String> SIGN_IN_ENDED =
            Set.of("invalid_grant", "interaction_required", "authorization_declined", "access_denied", "expired_token");

    /** RFC 6749 section 4.1.2.1. */
    private static final Set<String> FAILED_THEMSELVES = Set.of("temporarily_unavailable", "server_error");

    CredentialException explain(Throwable thrown) {
        Optional<CredentialException> within = Causes.of(thrown)
                .filter(CredentialException.class::isInstance)
                .map(CredentialException.class::cast)
                .findFirst();
        if (within.isPresent()) {
            return within.get();
        }
        if (Causes.include(thrown, CertificateException.class)) {
            return failure(
                    "the certificate of " + host + " is not accepted",
                    "Check that no firewall opens the TLS connection, or add its certificate to the trust file.",
                    false,
                    thrown);
        }
        if (Causes.include(thrown, MsalThrottlingException.class)) {
            return away("has asked to wait", thrown);
        }
        if (Causes.include(thrown, IOException.class) || Causes.include(thrown, TimeoutException.class)) {
            return away("cannot be reached in time", thrown);
        }
        if (Causes.include(thrown, MsalJsonParsingException.class)) {
            // broken off, or said by a proxy or a log-in page on the way: nobody has refused us
            return away("answers with what holds no token", thrown);
        }
        return Causes.of(thrown)
                .filter(MsalServiceException.class::isInstance)
                .map(MsalServiceException.class::cast)
                .findFirst()
                .map(this::refused)
                .orElseGet(() -> failure(
                        "asking " + host + " for a token failed", "Check tenant and client id.", false, thrown));
    }

    private CredentialException refused(MsalServiceException e) {
        int status = Objects.requireNonNullElse(e.statusCode(), 0);
        if ("managed_identity_unreachable_network".equals(e.errorCode())) {
            return away("cannot be reached", e);
        }
        if (e.managedIdentitySource() != null) {
            EntraMeanings.Meaning meaning =
                    EntraMeanings.OF_MACHINES.getOrDefault(String.valueOf(e.errorCode()), EntraMeanings.NO_IDENTITY);
            return failure(meaning.sentence(), meaning.remedy(), false, e);
        }
        if (notNow(status) || FAILED_THEMSELVES.contains(e.errorCode())) {
            return away("answers " + status, e);
        }
        Matcher code = CODE.matcher(String.valueOf(e.getMessage()));
        String number = code.find() ? code.group(1) : "";
        String suffix = number.isEmpty() ? " (" + status + ")" : " (AADSTS" + number + ")";
        EntraMeanings.Meaning meaning = meaning(e, number);
        return failure(meaning.sentence() + suffix, meaning.remedy(), false, e);
    }

    /** Whether it may be another answer later: Request Timeout and Too Many Requests (RFC 9110 section 15.5.9, RFC 6585 section 4). */
    static boolean notNow(int status) {
        return status >= 500 || status == 408 || status == 429;
    }

    private EntraMeanings.Meaning meaning(MsalServiceException e, String number) {
        if (signIn.isPresent()
                && !EntraMeanings.OF_CODES.containsKey(number)
                && SIGN_IN_ENDED.contains(e.errorCode())) {
            return new EntraMeanings.Meaning("the sign-in is no longer valid", "Run: " + signIn.get());
        }
        return EntraMeanings.OF_CODES.getOrDefault(number, EntraMeanings.UNKNOWN);
    }

    private CredentialException away(String how, Throwable cause) {
        return failure(host + " " + how, "If it lasts, check the way to " + host + ".", true, cause);
    }

    private CredentialException failure(String what, String remedy, boolean transientFault, Throwable cause) {
        return new CredentialException("no token from Entra: " + what, remedy, transientFault, harmless(cause));
    }

    /** The cause, unless it repeats the secret, which a stack trace in a log would show. */
    private Throwable harmless(Throwable cause) {
        boolean leaks =
                Causes.of(cause).map(t -> String.valueOf(t.getMessage())).anyMatch(this::leaks);
        return leaks ? new IOException("left out because it holds a secret: " + cause.getClass()) : cause;
    }

    private boolean leaks(String text) {
        return TOKEN.matcher(text).find()
                || secret.filter(known -> text.contains(known.reveal())).isPresent();
    }
}
