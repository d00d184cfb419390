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
import org.mailchute.service.ServiceProfile;
import org.mailchute.smtp.SmtpPeer.Proof;

/** What the settings mean to do, against what Microsoft allows; nobody is asked. */
record PlanCheck(Patient patient, Findings findings, Clock clock, Extras extras) {
    void run() {
        if (patient.option() == Option.SUBMISSION) {
            if (!extras.testMail()) {
                sendAs();
            }
            patient.app().ifPresent(this::expiry);
            password();
            limits();
        } else if (patient.option() == Option.GRAPH) {
            patient.app().ifPresent(this::expiry);
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
                    patient.mailbox() + " sends as " + String.join(", ", others) + "; "
                            + patient.profile().otherSenders().seen(),
                    patient.own(patient.profile().otherSenders().remedy().replace("SENDER", others.get(0))));
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
        ServiceProfile.Password password = patient.profile().login().password();
        if (!(patient.peer().proof() instanceof Proof.Password)) {
            findings.ok(Topic.PASSWORD, "no password is used");
        } else if (password.seen().isEmpty()) {
            findings.ok(Topic.PASSWORD, patient.profile().title() + " takes the application's secret as a password");
        } else {
            findings.warning(
                    Topic.PASSWORD, patient.mailbox() + " logs in by password, " + password.seen(), password.remedy());
        }
    }

    private void limits() {
        Plan plan = patient.plan();
        ServiceProfile.Limits theirs = patient.profile().limits();
        List<String> over = new ArrayList<>();
        over(over, plan.sessions(), theirs.sessionsAtMost(), "sessions");
        over(over, plan.perMinute(), theirs.messagesPerMinute(), "messagesPerMinute");
        over(over, plan.perHour(), theirs.messagesPerHour(), "messagesPerHour");
        over(over, plan.perDay(), theirs.recipientsPerDay(), "recipientsPerDay");
        over(over, patient.limits().recipientsPerMessage(), theirs.recipientsPerMessage(), "recipientsPerMessage");
        String who = patient.mailbox()
                + (plan.sameMailbox().isEmpty()
                        ? ""
                        : ", which " + String.join(", ", plan.sameMailbox()) + " use as well,");
        if (over.isEmpty()) {
            findings.ok(
                    Topic.LIMITS,
                    who + " has " + plan.sessions() + " sessions, " + some(plan.perMinute()) + " messages a minute, "
                            + some(plan.perHour()) + " an hour, " + some(plan.perDay()) + " recipients a day");
        } else {
            findings.warning(
                    Topic.LIMITS,
                    who + " may do more than Microsoft allows: " + String.join(", ", over),
                    patient.profile().moreThanAllowed());
        }
    }

    private static String some(int limit) {
        return limit == 0 ? "any number of" : String.valueOf(limit);
    }

    private static void over(List<String> over, int ours, int theirs, String key) {
        if (theirs > 0 && (ours == 0 || ours > theirs)) {
            over.add(key + " " + (ours == 0 ? "without limit" : ours) + " of " + theirs);
        }
    }

    /** Direct send and High Volume Email reach own recipients only; all else is refused for good (5.4.1, 5.7.64). */
    private void fallback() {
        List<String> outside = patient.plan().outside();
        boolean direct = patient.option() == Option.DIRECT_SEND;
        if ((direct || patient.profile().inside()) && !outside.isEmpty()) {
            findings.add(
                    Topic.FALLBACK,
                    outside.contains("*") ? Status.ERROR : Status.WARNING,
                    "mail to " + String.join(", ", outside) + " may go over this lane, and "
                            + (direct ? "direct send" : patient.profile().title()) + " reaches own recipients only",
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
