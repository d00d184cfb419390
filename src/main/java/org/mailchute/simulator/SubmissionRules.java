package org.mailchute.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailchute.simulator.Scenario.Mailbox;

/** smtp.office365.com: nothing without STARTTLS and a login, three sessions a mailbox, and only as oneself. */
final class SubmissionRules implements FaceRules {
    private static final int SESSIONS_OF_A_MAILBOX = 3;
    private static final String FAILED = "535 5.7.3 Authentication unsuccessful [simulator.outlook.example]";
    private static final String SWITCHED_OFF =
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox."
                    + " Visit https://aka.ms/smtp_auth_disabled for more information. [simulator.outlook.example]";
    private static final String DAY_FULL =
            "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message due to"
                    + " a permanent exception";
    private static final Pattern XOAUTH2 =
            Pattern.compile("user=([^\u0001]+)\u0001auth=Bearer ([^\u0001]+)\u0001\u0001");
    private static final Pattern LOGIN = Pattern.compile("([^\u0001]+)\u0001(.+)");

    private final Scenario scenario;
    private final MailboxMeter meter;
    private final Predicate<String> issued;
    /** The sessions that send, by mailbox; surplus ones are not among them. */
    private final Map<String, Set<Integer>> sending = new HashMap<>();

    SubmissionRules(Scenario scenario, Predicate<String> issued, Clock clock) {
        this.scenario = scenario;
        this.meter = new MailboxMeter(scenario.limits(), clock);
        this.issued = issued;
    }

    @Override
    public List<String> offers(SessionState session) {
        return session.tls.isEmpty() ? List.of() : List.of("AUTH LOGIN XOAUTH2");
    }

    @Override
    public boolean asksForClientCertificate() {
        return false;
    }

    @Override
    public String login(SessionState session, String mechanism, String response) {
        boolean password = mechanism.equals("LOGIN");
        Matcher proof = (password ? LOGIN : XOAUTH2).matcher(response);
        if (!proof.matches()) {
            return FAILED;
        }
        String secret = proof.group(2);
        return scenario.mailbox(proof.group(1))
                .filter(mailbox -> password ? mailbox.password().equals(secret) : issued.test(secret))
                .map(mailbox -> mailbox.smtpAuth() ? loggedIn(session, mailbox) : SWITCHED_OFF)
                .orElse(FAILED);
    }

    private static String loggedIn(SessionState session, Mailbox mailbox) {
        session.user = mailbox.address();
        return "";
    }

    @Override
    public String mail(SessionState session, String from) {
        if (session.tls.isEmpty()) {
            return "451 5.7.3 Must issue a STARTTLS command first";
        }
        if (session.user.isEmpty()) {
            return "530 5.7.57 Client not authenticated to send mail. [simulator.outlook.example]";
        }
        meter.began(session.user);
        return mayStart(session)
                ? ""
                : "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information.";
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
    public String recipient(SessionState session, String recipient) {
        return "";
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
