package org.mailchute.simulator;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** smtp.office365.com: nothing without STARTTLS and a login, three sessions a mailbox, and only as oneself. */
final class SubmissionRules implements FaceRules {
    private static final int SESSIONS_OF_A_MAILBOX = 3;
    private static final String FAILED = "535 5.7.3 Authentication unsuccessful [simulator.outlook.example]";

    private final Scenario scenario;
    private final Predicate<String> issued;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    SubmissionRules(Scenario scenario, Predicate<String> issued) {
        this.scenario = scenario;
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
        String[] parts = response.split("\u0001", -1);
        if (mechanism.equals("LOGIN")) {
            String password = scenario.mailboxes().getOrDefault(parts[0], "");
            return password.isEmpty() || !password.equals(parts[1]) ? FAILED : loggedIn(session, parts[0]);
        }
        boolean exact = parts.length == 4
                && parts[0].startsWith("user=")
                && parts[1].startsWith("auth=Bearer ")
                && parts[2].isEmpty()
                && parts[3].isEmpty();
        if (!exact || !issued.test(parts[1].substring("auth=Bearer ".length()))) {
            return FAILED;
        }
        String mailbox = parts[0].substring("user=".length());
        return scenario.mailboxes().containsKey(mailbox) ? loggedIn(session, mailbox) : FAILED;
    }

    private String loggedIn(SessionState session, String mailbox) {
        session.user = mailbox;
        open.merge(mailbox, 1, Integer::sum);
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
        return open.getOrDefault(session.user, 0) > SESSIONS_OF_A_MAILBOX
                ? "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information."
                : "";
    }

    @Override
    public String recipient(SessionState session, String recipient) {
        return "";
    }

    @Override
    public String endOfData(SessionState session) {
        return session.from.equalsIgnoreCase(session.user)
                ? ""
                : "554 5.2.252 SendAsDenied; " + session.user + " not allowed to send as " + session.from;
    }

    @Override
    public String option(SessionState session) {
        return "submission";
    }

    @Override
    public void closed(SessionState session) {
        if (!session.user.isEmpty()) {
            open.merge(session.user, -1, Integer::sum);
        }
    }
}
