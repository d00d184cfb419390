package org.mailchute.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.SecretText;
import org.mailchute.reply.Stage;
import org.mailchute.smtp.SmtpPeer.Proof;
import org.mailchute.smtp.SmtpPeer.Tls;

/** Logs in with the mailbox, and out again. Whatever the server repeats of the proof is masked. */
record LoginCheck(Patient patient, Findings findings, Judge judge) {
    /** Whether it is logged in now. */
    boolean run(Talk talk, Heard offers) throws IOException {
        Proof proof = patient.peer().proof();
        String needed = proof instanceof Proof.OAuth ? "XOAUTH2" : "LOGIN";
        if (!offered(offers, needed)) {
            findings.notChecked(List.of(Topic.LOGIN), "AUTH " + needed + " is not offered");
        } else if (patient.peer().tls() == Tls.NONE) {
            findings.notChecked(List.of(Topic.LOGIN), "no proof is sent without TLS");
        } else if (proof instanceof Proof.OAuth oauth) {
            return oauth(talk, oauth);
        } else if (proof instanceof Proof.Password password) {
            return password(talk, password);
        }
        return false;
    }

    private boolean offered(Heard offers, String needed) {
        String kinds = offers.keyword("AUTH").orElse("");
        boolean there = Arrays.asList(kinds.toUpperCase(Locale.ROOT).split(" ")).contains(needed);
        if (there) {
            findings.ok(Topic.AUTH_OFFERED, "AUTH " + kinds);
        } else {
            findings.error(
                    Topic.AUTH_OFFERED,
                    kinds.isEmpty() ? "no login is offered after STARTTLS" : "AUTH " + kinds + ", and not " + needed,
                    "Check that the host is the one for client submission; an MX host takes no login (504 5.7.4).");
        }
        return there;
    }

    private boolean oauth(Talk talk, Proof.OAuth oauth) throws IOException {
        SecretText token;
        try {
            token = oauth.tokens().token();
        } catch (CredentialException e) {
            findings.notChecked(List.of(Topic.LOGIN), "there is no token");
            return false;
        }
        String response = base64("user=" + oauth.mailbox() + "\u0001auth=Bearer " + token.reveal() + "\u0001\u0001");
        Heard heard = talk.say("AUTH XOAUTH2 " + response);
        // a challenge here is an error in JSON, which the empty line asks the plain reply to
        return judged(heard.code() == 334 ? talk.say("") : heard, List.of(token.reveal(), response));
    }

    private boolean password(Talk talk, Proof.Password password) throws IOException {
        String user = base64(password.user());
        String secret = base64(password.password().reveal());
        Heard heard = talk.say("AUTH LOGIN");
        heard = heard.code() == 334 ? talk.say(user) : heard;
        heard = heard.code() == 334 ? talk.say(secret) : heard;
        return judged(heard, List.of(password.password().reveal(), secret));
    }

    private boolean judged(Heard heard, List<String> secrets) {
        Heard masked = heard;
        for (String secret : secrets) {
            masked = new Heard(
                    masked.code(),
                    masked.lines().stream()
                            .map(line -> line.replace(secret, "(secret)"))
                            .toList());
        }
        if (heard.code() == 235) {
            findings.ok(Topic.LOGIN, "logged in as " + patient.mailbox());
        } else {
            judge.refused(findings, Topic.LOGIN, Stage.AUTH, masked, "AUTH as " + patient.mailbox() + " was answered ");
        }
        return heard.code() == 235;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
