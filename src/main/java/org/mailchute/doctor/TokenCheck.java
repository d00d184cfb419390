package org.mailchute.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.EntraApp;
import org.mailchute.credentials.SecretText;
import org.mailchute.reply.Option;
import org.mailchute.service.ServiceProfile;
import org.mailchute.smtp.SmtpPeer.Proof;

/** Fetches a token and reads what it says of itself (RFC 7519), unverified: that is Exchange Online's to do. */
record TokenCheck(Patient patient, Findings findings, Clock clock) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of Graph, whoever logs in. */
    private static final String GRAPH = "Mail.Send";

    /** The own ids of Exchange Online and Microsoft Graph, which may stand for their addresses. */
    private static final Set<String> RESOURCES =
            Set.of("00000002-0000-0ff1-ce00-000000000000", "00000003-0000-0000-c000-000000000000");

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
        boolean byId = RESOURCES.contains(audience)
                && patient.profile().login().scope().isEmpty();
        if (!audience.startsWith(wanted) && !byId) {
            findings.warning(
                    Topic.TOKEN,
                    "it is for " + audience + ", not for " + wanted,
                    "Leave the lane's scope out: its service and cloud have theirs, such as https://outlook.office365.com/.default.");
        }
    }

    private void application(EntraApp app, String shown) {
        if (!shown.isEmpty() && !shown.equalsIgnoreCase(app.clientId())) {
            findings.warning(Topic.TOKEN, "it names the app " + shown, "Set the app's own client id.");
        }
    }

    /** Of a person who signed in. */
    private void scope(String scope) {
        String wanted = graph() ? GRAPH : patient.profile().login().delegated();
        if (List.of(scope.split(" ")).contains(wanted)) {
            findings.ok(Topic.TOKEN, "a person signed in and agreed to " + wanted);
        } else {
            findings.warning(
                    Topic.TOKEN,
                    "the person who signed in agreed to " + scope + ", and not to " + wanted,
                    "In the Entra admin center, App registrations, API permissions: add the delegated permission "
                            + wanted + ", and sign in again.");
        }
    }

    /** Without any, the right may come from roles that no token shows: Exchange's own (RBAC for Applications), or Azure's. */
    private void roles(JsonNode roles) {
        String wanted = graph() ? GRAPH : patient.profile().login().role();
        ServiceProfile.Note without = patient.profile().login().withoutRole();
        List<String> names = StreamSupport.stream(roles.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        String has = names.isEmpty() ? "it has no roles" : "it has the roles " + String.join(", ", names);
        if (names.contains(wanted)) {
            findings.ok(Topic.TOKEN, "it has the role " + wanted);
        } else if (wanted.isEmpty() || (names.isEmpty() && !without.seen().isEmpty())) {
            findings.info(Topic.TOKEN, has + ": " + without.seen(), patient.own(without.remedy()));
        } else {
            findings.warning(Topic.TOKEN, has + ", and not " + wanted, patient.own(permission()));
        }
    }

    private boolean graph() {
        return patient.option() == Option.GRAPH;
    }

    /** How an application gets its rights. */
    private String permission() {
        return graph()
                ? "In the Entra admin center, App registrations, API permissions: add " + GRAPH
                        + " of Microsoft Graph and grant admin consent."
                : patient.profile().login().permission();
    }

    private static String text(JsonNode claims, String name) {
        return claims.path(name).asText();
    }
}
