package org.mailchute.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.mailchute.simulator.Scenario.At;

/** AUTH (RFC 4954): what is asked for, and what is said of it. */
record SignInCommand(ExchangeOnline exchange, FaceRules rules, SessionState session) {
    private static final String CANCELLED = "*";

    /** The reply. */
    String auth(ClientLines client, String rest) throws IOException {
        String[] words = rest.split(" ", 2);
        String mechanism = words[0].toUpperCase(Locale.ROOT);
        if (rules.offers(session).stream()
                .noneMatch(offer -> List.of(offer.split(" ")).contains(mechanism))) {
            return "504 5.7.4 Unrecognized authentication type";
        }
        if (!session.user.isEmpty() || session.mail) {
            return "503 5.5.2 Bad sequence of commands"; // RFC 4954 section 4
        }
        boolean login = mechanism.equals("LOGIN");
        String response = words.length > 1 ? words[1] : asked(client, login ? "334 VXNlcm5hbWU6" : "334 ");
        String second = login && !response.equals(CANCELLED) ? asked(client, "334 UGFzc3dvcmQ6") : "";
        return response.equals(CANCELLED) || second.equals(CANCELLED)
                ? "501 5.5.4 Authentication cancelled"
                : prove(mechanism, decoded(response) + (login ? "\u0001" + decoded(second) : ""));
    }

    private String prove(String mechanism, String proof) {
        String scripted = exchange.rules().reply(At.AUTH, user(proof));
        String refusal = scripted.isEmpty() ? rules.login(session, mechanism, proof) : scripted;
        return refusal.isEmpty() ? "235 2.7.0 Authentication successful" : refusal;
    }

    /** Whom the proof names: {@code user=NAME^Aauth=...} of XOAUTH2, or {@code NAME^A...}. */
    private static String user(String proof) {
        return proof.replaceFirst("^user=", "").replaceFirst("(?s)\u0001.*", "");
    }

    private static String asked(ClientLines client, String challenge) throws IOException {
        client.say(challenge);
        return client.line();
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "not base64";
        }
    }
}
