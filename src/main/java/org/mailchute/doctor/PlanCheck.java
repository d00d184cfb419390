package org.mailchute.doctor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailchute.credentials.AppProof;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.EntraApp;
import org.mailchute.reply.Option;
import org.mailchute.smtp.SmtpPeer.Proof;

/** What the settings mean to do, against what Microsoft allows; nobody is asked. */
record PlanCheck(Patient patient, Findings findings, Clock clock, Extras extras) {
    /** What Microsoft lets a mailbox do: sessions, messages a minute, recipients in 24 hours. */
    private static final int SESSIONS = 3;

    private static final int PER_MINUTE = 30;
    private static final int PER_DAY = 10_000;

    void run() {
        if (patient.option() == Option.SUBMISSION) {
            if (!extras.testMail()) {
                sendAs();
            }
            patient.app().ifPresent(this::expiry);
            password();
            limits();
        }
        fallback();
    }

    private void sendAs() {
        List<String> others = patient.plan().sendsAs();
        if (others.isEmpty()) {
            findings.ok(Topic.SEND_AS, "the lane sends as " + patient.mailbox() + " only");
        } else {
            findings.warning(
                    Topic.SEND_AS,
                    patient.mailbox() + " sends as " + String.join(", ", others)
                            + "; whether it may shows only after a message (5.7.60, 5.2.252): doctor --send-test",
                    "Only an administrator can look: Get-RecipientPermission -Identity " + others.get(0) + " -Trustee "
                            + patient.mailbox() + ". To allow it: Add-RecipientPermission -Identity " + others.get(0)
                            + " -Trustee " + patient.mailbox() + " -AccessRights SendAs");
        }
    }

    private void expiry(EntraApp app) {
        String what = app.proof() instanceof AppProof.Secret ? "client secret" : "certificate";
        try {
            Optional<Instant> end = app.proof().ends(clock);
            if (end.isPresent()) {
                end(what, end.get());
            } else if (app.proof() instanceof AppProof.Secret) {
                unknownEnd(app);
            } else {
                findings.ok(Topic.PROOF_EXPIRY, "the platform renews the federated token");
            }
        } catch (CredentialException e) {
            findings.error(Topic.PROOF_EXPIRY, String.valueOf(e.getMessage()), e.remedy());
        }
    }

    private void end(String what, Instant end) {
        if (clock.instant().isAfter(end)) {
            findings.error(
                    Topic.PROOF_EXPIRY,
                    "the app's " + what + " ended at " + end + ", as the settings say",
                    "Make a new one in the app registration, put it in place of the old, and correct secretEnds.");
        } else if (clock.instant().plus(CertificateCheck.SOON).isAfter(end)) {
            findings.warning(
                    Topic.PROOF_EXPIRY,
                    "the app's " + what + " ends in "
                            + Duration.between(clock.instant(), end).toDays() + " days, at " + end,
                    "Renew it and tell the app registration before.");
        } else {
            findings.ok(Topic.PROOF_EXPIRY, "the app's " + what + " is valid until " + end);
        }
    }

    private void unknownEnd(EntraApp app) {
        findings.info(
                Topic.PROOF_EXPIRY,
                "nobody outside sees when the client secret ends; Entra makes none for more than 24 months",
                "Note its end as secretEnds of the login. An administrator sees it in Microsoft Graph PowerShell:"
                        + " Get-MgApplication -Filter \"appId eq '"
                        + app.clientId() + "'\" | Select-Object -ExpandProperty PasswordCredentials");
    }

    private void password() {
        if (patient.peer().proof() instanceof Proof.Password) {
            findings.warning(
                    Topic.PASSWORD,
                    patient.mailbox() + " logs in by password, which Microsoft switches off by default at the end of"
                            + " December 2026",
                    "Change the lane's login to OAuth before (client secret or certificate), or use relay.");
        } else {
            findings.ok(Topic.PASSWORD, "no password is used");
        }
    }

    private void limits() {
        Plan plan = patient.plan();
        List<String> over = new ArrayList<>();
        over(over, plan.sessions(), SESSIONS, "sessions");
        over(over, plan.perMinute(), PER_MINUTE, "messagesPerMinute");
        over(over, plan.perDay(), PER_DAY, "recipientsPerDay");
        String who = patient.mailbox()
                + (plan.sameMailbox().isEmpty()
                        ? ""
                        : ", which " + String.join(", ", plan.sameMailbox()) + " use as well,");
        if (over.isEmpty()) {
            findings.ok(
                    Topic.LIMITS,
                    who + " has " + plan.sessions() + " sessions, " + plan.perMinute() + " messages a minute, "
                            + plan.perDay() + " recipients a day");
        } else {
            findings.warning(
                    Topic.LIMITS,
                    who + " may do more than Microsoft allows: " + String.join(", ", over),
                    "Lower these keys of the lane, or give each lane, application and gateway a mailbox of its own.");
        }
    }

    private static void over(List<String> over, int ours, int theirs, String key) {
        if (ours == 0 || ours > theirs) {
            over.add(key + " " + (ours == 0 ? "without limit" : ours) + " of " + theirs);
        }
    }

    /** Direct send reaches own recipients only; all else is refused for good (5.4.1, 5.7.64). */
    private void fallback() {
        List<String> outside = patient.plan().outside();
        if (patient.option() == Option.DIRECT_SEND && !outside.isEmpty()) {
            findings.add(
                    Topic.FALLBACK,
                    outside.contains("*") ? Status.ERROR : Status.WARNING,
                    "mail to " + String.join(", ", outside) + " may go over this lane, and direct send reaches own"
                            + " recipients only",
                    "Name the own domains in next-hop, each in a rule of its own, and take this lane out of the others.");
        } else if (patient.plan().takeOver().isEmpty()) {
            findings.info(Topic.FALLBACK, "no lane takes over when this one is stopped", "");
        } else {
            findings.ok(
                    Topic.FALLBACK,
                    "when this lane is stopped, may take over: "
                            + String.join(", ", patient.plan().takeOver()));
        }
    }
}
