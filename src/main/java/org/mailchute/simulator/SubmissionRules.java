package org.mailchute.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** smtp.office365.com: nothing without STARTTLS and a login, three sessions a mailbox, and only as oneself. */
final class SubmissionRules extends LoginRules {
    private static final int SESSIONS_OF_A_MAILBOX = 3;
    private static final String SWITCHED_OFF =
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox."
                    + " Visit https://aka.ms/smtp_auth_disabled for more information. [simulator.outlook.example]";
    private static final String DAY_FULL =
            "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message due to"
                    + " a permanent exception";

    private final MailboxMeter meter;
    private final Predicate<String> issued;
    /** The sessions that send, by mailbox; surplus ones are not among them. */
    private final Map<String, Set<Integer>> sending = new HashMap<>();

    SubmissionRules(Scenario scenario, Predicate<String> issued, Clock clock) {
        super(scenario, clock);
        this.meter = new MailboxMeter(scenario.limits(), clock);
        this.issued = issued;
    }

    @Override
    String login(SessionState session, Proof proof) {
        return scenario.mailbox(proof.user())
                .filter(mailbox ->
                        proof.password() ? mailbox.password().equals(proof.secret()) : issued.test(proof.secret()))
                .map(mailbox -> mailbox.smtpAuth() ? loggedIn(session, mailbox.address()) : SWITCHED_OFF)
                .orElse(FAILED);
    }

    @Override
    String sender(SessionState session, String from) {
        meter.began(session.user);
        return mayStart(session)
                ? ""
                : "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information.";
    }

    /** What each mailbox has sent, whichever way. */
    MailboxMeter meter() {
        return meter;
    }

    Busiest busiest(Duration window) {
        return meter.busiest(window);
    }

    /** Only the surplus session is refused; those that were there before go on. */
    private synchronized boolean mayStart(SessionState session) {
        Set<Integer> there = sending.computeIfAbsent(session.user, first -> new HashSet<>());
        return there.contains(session.number) || there.size() < SESSIONS_OF_A_MAILBOX && there.add(session.number);
    }

    @Override
    public String endOfData(SessionState session) {
        boolean may = scenario.mailbox(session.user)
                .filter(mailbox -> mailbox.maySendAs(session.from))
                .isPresent();
        if (!may) {
            return "554 5.2.252 SendAsDenied; " + session.user + " not allowed to send as " + session.from;
        }
        if (session.octets > scenario.limits().messageBytes()) {
            return "554 5.2.270 Message too large";
        }
        return meter.takes(session.user, session.recipients.size()) ? "" : DAY_FULL;
    }

    @Override
    public Instant leaves(SessionState session) {
        return meter.leaves(session.user);
    }

    @Override
    public String option(SessionState session) {
        return "submission";
    }

    @Override
    public synchronized void closed(SessionState session) {
        sending.values().forEach(there -> there.remove(session.number));
    }
}
