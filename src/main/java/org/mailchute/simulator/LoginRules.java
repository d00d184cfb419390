package org.mailchute.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What all services for submission have in common: nothing without STARTTLS and a login. */
abstract class LoginRules implements FaceRules {
    static final String FAILED = "535 5.7.3 Authentication unsuccessful [simulator.outlook.example]";
    private static final Pattern XOAUTH2 =
            Pattern.compile("user=([^\u0001]+)\u0001auth=Bearer ([^\u0001]+)\u0001\u0001");
    private static final Pattern LOGIN = Pattern.compile("([^\u0001]+)\u0001(.+)");

    final Scenario scenario;
    final Clock clock;

    LoginRules(Scenario scenario, Clock clock) {
        this.scenario = scenario;
        this.clock = clock;
    }

    /** @param secret a password, or a token */
    record Proof(boolean password, String user, String secret) {}

    /** Ends in {@link #loggedIn} where it is right. */
    abstract String login(SessionState session, Proof proof);

    static String loggedIn(SessionState session, String user) {
        session.user = user;
        return "";
    }

    /** Of a session that is logged in. */
    abstract String sender(SessionState session, String from);

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
        return proof.matches() ? login(session, new Proof(password, proof.group(1), proof.group(2))) : FAILED;
    }

    @Override
    public String mail(SessionState session, String from) {
        if (session.tls.isEmpty()) {
            return "451 5.7.3 Must issue a STARTTLS command first";
        }
        return session.user.isEmpty()
                ? "530 5.7.57 Client not authenticated to send mail. [simulator.outlook.example]"
                : sender(session, from);
    }

    @Override
    public String recipient(SessionState session, String recipient) {
        return "";
    }

    @Override
    public Instant leaves(SessionState session) {
        return clock.instant();
    }

    @Override
    public void closed(SessionState session) {
        // nothing is counted
    }
}
