package org.mailchute.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.EntraApp;
import org.mailchute.credentials.SecretText;
import org.mailchute.smtp.SmtpPeer.Proof;

/** Fetches a token and reads what it says of itself (RFC 7519), unverified: that is Exchange Online's to do. */
record TokenCheck(Patient patient, Findings findings, Clock clock) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROLE = "SMTP.SendAsApp";

    /** Exchange Online's own id, which may stand for its address. */
    private static final String EXCHANGE = "00000002-0000-0ff1-ce00-000000000000";

    void run(Proof.OAuth oauth) {
        try {
            SecretText token = oauth.tokens().token();
            claims(token)
                    .ifPresentOrElse(
                            this::read, () -> findings.ok(Topic.TOKEN, "fetched; what it says is not for us to read"));
        } catch (CredentialException e) {
            findings.error(Topic.TOKEN, String.valueOf(e.getMessage()), e.remedy());
        }
    }

    private static Optional<JsonNode> claims(SecretText token) {
        String[] parts = token.reveal().split("\\.");
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(Base64.getUrlDecoder().decode(parts[1])));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void read(JsonNode claims) {
        findings.ok(
                Topic.TOKEN,
                "fetched: aud %s, tid %s, appid %s, until %s"
                        .formatted(
                                text(claims, "aud"),
                                text(claims, "tid"),
                                text(claims, "appid"),
                                Instant.ofEpochSecond(claims.path("exp").asLong())));
        audience(text(claims, "aud"));
        patient.app().ifPresent(app -> application(app, text(claims, "appid")));
        if (!Instant.ofEpochSecond(claims.path("exp").asLong()).isAfter(clock.instant())) {
            findings.warning(
                    Topic.TOKEN, "it has ended already, by this machine's clock", "Set the clock of this machine.");
        }
        if (claims.path("scp").asText().isEmpty()) {
            roles(claims.path("roles"));
        } else {
            scope(claims.path("scp").asText());
        }
    }

    private void audience(String audience) {
        String wanted = patient.app()
                .map(app -> app.scope().replaceFirst("/?\\.default$", ""))
                .orElse(audience);
        if (!audience.startsWith(wanted) && !audience.equals(EXCHANGE)) {
            findings.warning(
                    Topic.TOKEN,
                    "it is for " + audience + ", not for " + wanted,
                    "Leave the lane's scope out, or set that of the cloud, such as https://outlook.office365.com/.default.");
        }
    }

    private void application(EntraApp app, String shown) {
        if (!shown.isEmpty() && !shown.equalsIgnoreCase(app.clientId())) {
            findings.warning(Topic.TOKEN, "it names the app " + shown, "Set the app's own client id.");
        }
    }

    /** Of a person who signed in. */
    private void scope(String scope) {
        if (List.of(scope.split(" ")).contains("SMTP.Send")) {
            findings.ok(Topic.TOKEN, "a person signed in and agreed to SMTP.Send");
        } else {
            findings.warning(
                    Topic.TOKEN,
                    "the person who signed in agreed to " + scope + ", and not to SMTP.Send",
                    "In the Entra admin center, App registrations, API permissions: add the delegated permission SMTP.Send,"
                            + " and sign in again.");
        }
    }

    /** Without any, the right comes from Exchange's own roles (RBAC for Applications), which no token shows. */
    private void roles(JsonNode roles) {
        List<String> names = StreamSupport.stream(roles.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        if (names.contains(ROLE)) {
            findings.ok(Topic.TOKEN, "it has the role " + ROLE);
        } else if (names.isEmpty()) {
            findings.info(
                    Topic.TOKEN,
                    "it has no roles: set up by RBAC for Applications, it seems; the login decides",
                    "Test-ServicePrincipalAuthorization -Identity "
                            + patient.app().map(EntraApp::clientId).orElse("APP") + " -Resource " + patient.mailbox());
        } else {
            findings.warning(
                    Topic.TOKEN,
                    "it has the roles " + String.join(", ", names) + ", and not " + ROLE,
                    "In the Entra admin center, App registrations, API permissions: add " + ROLE
                            + " of Office 365 Exchange Online and grant admin consent.");
        }
    }

    private static String text(JsonNode claims, String name) {
        return claims.path(name).asText();
    }
}
