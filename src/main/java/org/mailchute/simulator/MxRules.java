package org.mailchute.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * An MX host of the tenant: a relay for whom its connector knows, direct send for all others. The connector knows a client
 * certificate or an address; either way certificate or envelope sender must be of an accepted domain (Microsoft's relay
 * rules of November 2023).
 */
record MxRules(Scenario scenario, Clock clock) implements FaceRules {
    private static final String HOST = " [simulator.outlook.example]";

    @Override
    public List<String> offers(SessionState session) {
        return List.of();
    }

    @Override
    public boolean asksForClientCertificate() {
        return true;
    }

    @Override
    public String login(SessionState session, String mechanism, String response) {
        return "504 5.7.4 Unrecognized authentication type";
    }

    @Override
    public String mail(SessionState session, String from) {
        return "";
    }

    @Override
    public String recipient(SessionState session, String recipient) {
        if (relay(session)) {
            return "";
        }
        if (!scenario.accepts(recipient)) {
            return scenario.accepts(session.from) || certificateKnown(session) || addressKnown(session)
                    ? "550 5.7.64 TenantAttribution; Relay Access Denied" + HOST
                    : "550 5.4.1 Recipient address rejected: Access denied." + HOST;
        }
        return scenario.rejectDirectSend() && scenario.accepts(session.from)
                ? "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources"
                : "";
    }

    @Override
    public String endOfData(SessionState session) {
        return "";
    }

    @Override
    public Instant leaves(SessionState session) {
        return clock.instant();
    }

    @Override
    public String option(SessionState session) {
        return relay(session) ? "relay" : "direct-send";
    }

    @Override
    public void closed(SessionState session) {
        // nothing is counted here
    }

    private boolean relay(SessionState session) {
        boolean ours = scenario.accepts(session.from);
        return certificateKnown(session)
                        && (ours || scenario.accepts(scenario.connector().domain()))
                || addressKnown(session) && ours;
    }

    private boolean certificateKnown(SessionState session) {
        return session.certificateNames.stream().anyMatch(scenario.connector().domain()::equalsIgnoreCase);
    }

    private boolean addressKnown(SessionState session) {
        return scenario.connector().addresses().contains(session.address);
    }
}
