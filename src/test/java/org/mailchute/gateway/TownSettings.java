package org.mailchute.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mailchute.simulator.ExchangeOnline;

/**
 * The settings of a {@link Town}: two watched folders and a queue of mail requests; a lane for direct send, one for a
 * connector, and one of a mailbox for everything else. Tests add to them, before the start or between two.
 */
abstract sealed class TownSettings permits Town {
    private final StringBuilder more = new StringBuilder();
    private final StringBuilder folders = new StringBuilder();
    private final StringBuilder rules = new StringBuilder();
    private final StringBuilder lanes = new StringBuilder();
    private final StringBuilder sections = new StringBuilder();
    private String secret = "demo-client-secret";
    private Optional<String> authority = Optional.empty();
    private Optional<String> proof = Optional.empty();
    private String schedule = "[1s, 1s, 1s]";
    private String gatewayOptions = "";
    private String brokerOptions = "";
    private String managementOptions = "";
    private String trace = "{keep: 0s}"; // most tests have no use for it
    private String laneOptions = "";
    private boolean hasConnector = true;
    private String acceptOptions = "";
    private String mailboxOptions = "messagesPerMinute: 0";

    abstract Town self();

    /** A folder of this name below the town's, made when it is not there. */
    abstract Path folder(String name) throws IOException;

    abstract ExchangeOnline microsoft365() throws Exception;

    public Path home() throws IOException {
        return folder("home");
    }

    /** The client secret the gateway is given. */
    public Town withSecret(String other) {
        secret = other;
        return self();
    }

    /** Where the gateway asks for tokens, instead of the simulated Microsoft 365. */
    Town withAuthority(String other) {
        authority = Optional.of(other);
        return self();
    }

    /** How the mailbox lanes' app is named and proves itself, instead of by client secret. */
    public Town withLogin(String keys) {
        proof = Optional.of(keys);
        return self();
    }

    Town withSchedule(String waits) {
        schedule = waits;
        return self();
    }

    /** Further keys below {@code gateway:}. */
    Town withGatewayOptions(String keys) {
        gatewayOptions = ", " + keys;
        return self();
    }

    /** Keys below {@code broker:}. */
    public Town withBroker(String keys) {
        brokerOptions = keys;
        return self();
    }

    /** With a trace of these settings. */
    Town withTrace(String keys) {
        trace = "{" + keys + "}";
        return self();
    }

    /** Further keys below {@code management:}. */
    Town withManagementOptions(String keys) {
        managementOptions = ", " + keys;
        return self();
    }

    /** Further keys below {@code accept:}. */
    Town withAcceptOptions(String keys) {
        acceptOptions = ", " + keys;
        return self();
    }

    /** A start without its lane, whose certificate is proven to fit its key, costs a fifth less. */
    Town withoutConnector() {
        hasConnector = false;
        return self();
    }

    /** Further keys of the direct and connector lanes. */
    Town withLaneOptions(String keys) {
        laneOptions = ", " + keys;
        return self();
    }

    /** Further keys of the mailbox lane. */
    public Town withMailboxOptions(String keys) {
        mailboxOptions = keys;
        return self();
    }

    /** One more watched folder, of the same name, with further keys. */
    Town withFolder(String name, String keys) throws IOException {
        folders.append(
                "    - {name: %s, folder: \"%s\", poll: 100ms, from: scanner@contoso.example, to: [anna@contoso.example], subject: \"Scan ${file}\"%s}%n"
                        .formatted(name, folder(name), keys.isEmpty() ? "" : ", " + keys));
        return self();
    }

    /** Further intakes (YAML below {@code intake:}). */
    public Town withIntake(String yaml) {
        more.append(yaml);
        return self();
    }

    /** Further sections (YAML at the top). */
    Town withSection(String yaml) {
        sections.append(yaml).append('\n');
        return self();
    }

    /** A rule before the others (YAML below {@code next-hop:}). */
    public Town withRule(String yaml) {
        rules.append("  - ").append(yaml).append('\n');
        return self();
    }

    /** One more lane (YAML below {@code lanes:}). */
    Town withLane(String yaml) {
        lanes.append("  - ").append(yaml).append('\n');
        return self();
    }

    /** A lane that looks its MX hosts up. */
    Town withMxLane(String name, String domain) throws Exception {
        return withLane("{name: %s, option: direct-send, domain: %s, port: %d, uncertainWait: 2s, probe: 1s}"
                .formatted(name, domain, microsoft365().mxPort()));
    }

    /** One more mailbox of the tenant as a lane, with further keys. */
    public Town withMailbox(String name, String keys) throws Exception {
        return withLane(mailbox(name, name + "@contoso.example", keys));
    }

    /** One more lane that logs in as the mailbox of the lane called mailbox, with further keys. */
    Town withLaneOfTheMailbox(String name, String keys) throws Exception {
        return withLane(mailbox(name, "scanner@contoso.example", keys));
    }

    /** One more lane, that sends as this mailbox by Microsoft Graph, with further keys. */
    Town withGraph(String name, String address, String keys) throws Exception {
        return withLane(mailbox(name, "graph", microsoft365().graphPort(), address, keys));
    }

    private String connector() throws Exception {
        String certificates = folder("certificates").toString();
        return "{name: connector, option: relay, host: localhost, port: %d, tls: required, trust: \"%s/ca.pem\", certificate: {chain: \"%s/client-chain.pem\", key: \"%s/client-key.pem\"}%s}"
                .formatted(microsoft365().mxPort(), certificates, certificates, certificates, laneOptions);
    }

    private String mailbox(String name, String address, String keys) throws Exception {
        return mailbox(name, "submission", microsoft365().submissionPort(), address, keys);
    }

    private String mailbox(String name, String option, int port, String address, String keys) throws Exception {
        return "{name: %s, option: %s, host: localhost, port: %d, trust: \"%s/ca.pem\", %s, login: {mailbox: %s, tenant: contoso.example, %s, authority: \"%s\"}}"
                .formatted(
                        name,
                        option,
                        port,
                        folder("certificates"),
                        keys,
                        address,
                        proof.orElse("clientId: 11111111-2222-3333-4444-555555555555, clientSecret: \"${file:"
                                + folder("secrets").resolve("client") + "}\""),
                        authority.orElse(microsoft365().tokenEndpoint().toString()));
    }

    /** The file they stand in, written anew. */
    public Path settings() throws Exception {
        Files.writeString(folder("secrets").resolve("client"), secret);
        return Files.writeString(folder("").resolve("mailchute.yaml"), """
                gateway: {name: gateway.contoso.example, home: "%s"%s}
                intake:
                  folders:
                    - {name: scans, folder: "%s", poll: 100ms, stableFor: 0s, from: scanner@contoso.example, fromName: Scanner, to: [anna@contoso.example], subject: "Scan ${file}", text: "Scanned."}
                    - {name: both, folder: "%s", poll: 100ms, stableFor: 0s, from: scanner@contoso.example, to: [anna@contoso.example], cc: [buyer@fabrikam.example], bcc: [archive@contoso.example], subject: "Scan ${file}", text: "Scanned."}
                %s
                  jms:
                    - {name: applications, queue: mail.requests, from: scanner@contoso.example}
                %s
                accept: {senders: ["*@contoso.example"], recipients: ["*@contoso.example", "*@fabrikam.example", "*@partner.example", "*@*.rows.example"], headers: ["X-Invoice"]%s}
                next-hop:
                %s
                  - {domain: contoso.example, lane: direct}
                %s
                  - {domain: "*", lane: mailbox}
                lanes:
                  - {name: direct, option: direct-send, host: localhost, port: %d, sessions: 2, uncertainWait: 2s%s}
                %s
                  - %s
                %s
                deferred: {schedule: %s}
                broker: {%s}
                management: {bind: 127.0.0.1, port: 0%s}
                trace: %s
                %s
                """.formatted(
                        home(),
                        gatewayOptions,
                        folder("scans"),
                        folder("both"),
                        folders,
                        more,
                        acceptOptions,
                        rules,
                        hasConnector ? "  - {domain: partner.example, lane: connector}" : "",
                        microsoft365().mxPort(),
                        laneOptions,
                        hasConnector ? "  - " + connector() : "",
                        mailbox("mailbox", "scanner@contoso.example", mailboxOptions),
                        lanes,
                        schedule,
                        brokerOptions,
                        managementOptions,
                        trace,
                        sections));
    }
}
