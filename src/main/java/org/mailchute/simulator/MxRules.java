package org.mailchute.simulator;

import java.util.List;
import java.util.Locale;

/** An MX host of the tenant: a relay for who shows the connector's certificate, direct send for all others. */
final class MxRules implements FaceRules {
    private final Scenario scenario;

    MxRules(Scenario scenario) {
        this.scenario = scenario;
    }

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
        if (!accepted(recipient)) {
            return accepted(session.from)
                    ? "550 5.7.64 TenantAttribution; Relay Access Denied [simulator.outlook.example]"
                    : "550 5.4.1 Recipient address rejected: Access denied. [simulator.outlook.example]";
        }
        return scenario.rejectDirectSend() && accepted(session.from)
                ? "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources"
                : "";
    }

    @Override
    public String endOfData(SessionState session) {
        return "";
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
        return session.certificateNames.stream().anyMatch(name -> name.equalsIgnoreCase(scenario.connectorDomain()));
    }

    private boolean accepted(String address) {
        String domain = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return scenario.acceptedDomains().contains(domain);
    }
}
