package org.mailchute.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the simulated tenant is set up, and what goes wrong in it. {@code deploy/examples/scenario.yaml} shows every key; each
 * has the name of a value here.
 *
 * @param acceptedDomains domains of the tenant
 * @param rejectDirectSend the organisation's switch of that name
 * @param mailboxes who may submit
 * @param app the application that may ask for tokens
 * @param connector what makes a connection to the MX host a relay
 * @param limits what a mailbox may send, and how long a session may last
 * @param greeting reply line in place of the 220; with a 4xx or 5xx the connection ends there; empty for the usual one
 * @param delayMillis before each flight of replies, as at a distance; 0 for none
 * @param rules what is refused
 * @param hveAccounts accounts of High Volume Email
 * @param acs Azure Communication Services
 */
public record Scenario(
        List<String> acceptedDomains,
        boolean rejectDirectSend,
        List<Mailbox> mailboxes,
        App app,
        Connector connector,
        Limits limits,
        String greeting,
        int delayMillis,
        List<Rule> rules,
        List<HveAccount> hveAccounts,
        Communication acs) {

    /** @throws IllegalArgumentException on a negative delay or a greeting that is no reply line */
    public Scenario {
        acceptedDomains = acceptedDomains.stream()
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .toList();
        mailboxes = List.copyOf(mailboxes);
        rules = List.copyOf(rules);
        hveAccounts = List.copyOf(hveAccounts);
        if (delayMillis < 0) {
            throw new IllegalArgumentException("delayMillis must be 0 or more");
        }
        if (!greeting.isEmpty()) {
            checkReply(greeting);
        }
    }

    /**
     * @param address what it logs in as
     * @param password for AUTH LOGIN; empty where only OAuth is allowed
     * @param sendAs other senders it may use; {@code *@domain} for all of a domain, {@code *} for anybody
     * @param smtpAuth false when SMTP AUTH is switched off for it, which OAuth does not get round
     */
    public record Mailbox(String address, String password, List<String> sendAs, boolean smtpAuth) {
        public Mailbox {
            sendAs = List.copyOf(sendAs);
        }

        /** With SMTP AUTH switched on. */
        public Mailbox(String address, String password, List<String> sendAs) {
            this(address, password, sendAs, true);
        }

        boolean maySendAs(String from) {
            return address.equalsIgnoreCase(from)
                    || sendAs.stream().anyMatch(allowed -> Communication.allows(allowed, from));
        }

        @Override
        public String toString() {
            return address;
        }
    }

    /** An app registration with its secret. */
    public record App(String tenant, String clientId, String clientSecret) {
        @Override
        public String toString() {
            return clientId + " of " + tenant;
        }
    }

    /**
     * An inbound connector.
     *
     * @param domain a client certificate that names it is known; empty for none
     * @param addresses IP addresses that are known without a certificate
     */
    public record Connector(String domain, List<String> addresses) {
        public Connector {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * @param messagesPerMinute of one mailbox; what is more is taken, and leaves in one of the next minutes
     * @param recipientsPerDay of one mailbox in any 24 hours; then 554 5.2.0
     * @param messageBytes of a mailbox's message; then 554 5.2.270, whatever EHLO says of SIZE
     * @param sessionMinutes after which a session is cut with 421 4.4.2
     */
    public record Limits(int messagesPerMinute, int recipientsPerDay, long messageBytes, int sessionMinutes) {
        /** As Exchange Online has them by default. */
        public static final Limits MICROSOFT = new Limits(30, 10_000, 35L << 20, 20);

        /** @throws IllegalArgumentException when one is below 1 */
        public Limits {
            if (messagesPerMinute < 1 || recipientsPerDay < 1 || messageBytes < 1 || sessionMinutes < 1) {
                throw new IllegalArgumentException("a limit must be 1 or more");
            }
        }
    }

    /** Where in the dialogue a rule applies. */
    public enum At {
        /** In place of the 220, for a client's IP address. */
        GREETING,
        /** The reply to EHLO, for a client's IP address; a 250 offers nothing, no STARTTLS either. */
        EHLO,
        /** The reply to STARTTLS, for a client's IP address. */
        STARTTLS,
        /** The reply to the login, right or wrong, for the mailbox that logs in. */
        AUTH,
        /** For a sender. */
        MAIL,
        RCPT,
        /** The reply to DATA. */
        DATA,
        /** The reply to the final dot. */
        END_OF_DATA,
        /** After the final dot the message is kept and the connection cut, without a reply. */
        LOST,
        /** Graph's answer to a message, its status and error code: for the mailbox that sends, or a recipient. */
        GRAPH
    }

    /**
     * Something that is refused.
     *
     * @param match an address, its part before the @, or {@code *}; whose address, {@code at} says; else a recipient's
     * @param times how often, 1 or more; {@link Integer#MAX_VALUE} for always
     * @param reply the whole reply line; {@link #NONE} cuts the connection instead; empty with {@link At#LOST}
     */
    public record Rule(String match, At at, int times, String reply) {
        /** No reply: the connection is cut. */
        public static final String NONE = "none";

        /** @throws IllegalArgumentException when it could never apply, or would say what is no reply line */
        public Rule {
            if (times < 1) {
                throw new IllegalArgumentException("times must be 1 or more");
            }
            if (at != At.LOST && !reply.equals(NONE)) {
                checkReply(reply);
            }
        }

        boolean means(String address) {
            return match.equals("*")
                    || match.equalsIgnoreCase(address)
                    || match.equalsIgnoreCase(address.replaceFirst("@.*", ""));
        }
    }

    /**
     * Reads a YAML or JSON file; what it leaves out is as in {@link #standard()}, a rule without {@code times} applies always.
     *
     * @throws IOException when it cannot be read or says something else than a scenario; the message names the file
     */
    public static Scenario read(Path file) throws IOException {
        return ScenarioFile.read(file);
    }

    /** The tenant of the demo. */
    public static Scenario standard() {
        return DemoTenant.SCENARIO;
    }

    /** The same with one more rule. */
    public Scenario withRule(String match, At at, int times, String reply) {
        Stream<Rule> one = Stream.of(new Rule(match, at, times, reply));
        return with("rules", Stream.concat(rules.stream(), one).toList());
    }

    /**
     * The same with another value of one key.
     *
     * @throws IllegalArgumentException when there is no such key, or it cannot have this value
     */
    public Scenario with(String key, Object value) {
        return ScenarioFile.with(this, key, value);
    }

    /** Mailboxes in place of the standard one. */
    public Scenario withMailboxes(List<Mailbox> others) {
        return with("mailboxes", others);
    }

    Optional<Mailbox> mailbox(String address) {
        return mailboxes.stream()
                .filter(mailbox -> mailbox.address().equalsIgnoreCase(address))
                .findFirst();
    }

    Optional<HveAccount> hve(String address) {
        return hveAccounts.stream()
                .filter(account -> account.address().equalsIgnoreCase(address))
                .findFirst();
    }

    boolean accepts(String address) {
        return acceptedDomains.contains(
                address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT));
    }

    private static void checkReply(String reply) {
        if (!reply.matches("[2-5]\\d\\d [^\\r\\n]+")) {
            throw new IllegalArgumentException("not a reply line, such as \"451 4.3.0 Not now\": \"" + reply + "\"");
        }
    }
}
