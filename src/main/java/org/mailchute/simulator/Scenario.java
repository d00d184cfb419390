package org.mailchute.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the simulated tenant is set up, and what goes wrong in it.
 *
 * @param acceptedDomains domains of the tenant
 * @param mailboxes who may submit, with the password for AUTH LOGIN; an empty password allows OAuth only
 * @param tenant of the token endpoint
 * @param clientId the application
 * @param clientSecret its secret
 * @param connectorDomain client certificates that name it make a connection a relay
 * @param rejectDirectSend the organisation's switch
 * @param delayMillis before each flight of replies, as at a distance
 * @param rules what is refused
 */
public record Scenario(
        List<String> acceptedDomains,
        Map<String, String> mailboxes,
        String tenant,
        String clientId,
        String clientSecret,
        String connectorDomain,
        boolean rejectDirectSend,
        int delayMillis,
        List<Rule> rules) {

    /** Where in the dialogue a rule applies. */
    public enum At {
        MAIL,
        RCPT,
        /** The reply to the final dot. */
        END_OF_DATA,
        /** After the final dot the message is kept and the connection cut, without a reply. */
        LOST
    }

    /**
     * A recipient that is refused.
     *
     * @param recipient address, or its part before the @
     * @param times how often; {@link Integer#MAX_VALUE} for always
     * @param reply the whole reply line; unused for {@link At#LOST}
     */
    public record Rule(String recipient, At at, int times, String reply) {}

    public Scenario {
        acceptedDomains = List.copyOf(acceptedDomains);
        mailboxes = Map.copyOf(mailboxes);
        rules = List.copyOf(rules);
    }

    /**
     * The tenant of the demo: domain contoso.example, mailbox scanner@contoso.example; {@code leaver} does not exist, {@code
     * busy} is refused once.
     */
    public static Scenario standard() {
        return new Scenario(
                List.of("contoso.example"),
                Map.of("scanner@contoso.example", "demo-mailbox-password"),
                "contoso.example",
                "11111111-2222-3333-4444-555555555555",
                "demo-client-secret",
                "contoso.example",
                false,
                0,
                List.of(
                        new Rule(
                                "leaver",
                                At.RCPT,
                                Integer.MAX_VALUE,
                                "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"),
                        new Rule("busy", At.RCPT, 1, "451 4.7.500 Server busy. Please try again later. (AS77713)")));
    }

    /** The same with one more rule. */
    public Scenario withRule(String recipient, At at, int times, String reply) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(new Rule(recipient, at, times, reply));
        return new Scenario(
                acceptedDomains,
                mailboxes,
                tenant,
                clientId,
                clientSecret,
                connectorDomain,
                rejectDirectSend,
                delayMillis,
                more);
    }

    public Scenario withDelayMillis(int millis) {
        return new Scenario(
                acceptedDomains,
                mailboxes,
                tenant,
                clientId,
                clientSecret,
                connectorDomain,
                rejectDirectSend,
                millis,
                rules);
    }

    public Scenario withRejectDirectSend(boolean reject) {
        return new Scenario(
                acceptedDomains,
                mailboxes,
                tenant,
                clientId,
                clientSecret,
                connectorDomain,
                reject,
                delayMillis,
                rules);
    }

    /** Mailboxes in place of the standard one. */
    public Scenario withMailboxes(Map<String, String> others) {
        return new Scenario(
                acceptedDomains,
                others,
                tenant,
                clientId,
                clientSecret,
                connectorDomain,
                rejectDirectSend,
                delayMillis,
                rules);
    }
}
