package org.mailchute.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.ftpserver.ftplet.FtpException;
import org.mailchute.simulator.DemoAuthority;
import org.mailchute.simulator.ExchangeOnline;
import org.mailchute.simulator.FtpDrop;
import org.mailchute.simulator.Scenario;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.simulator.Scenario.Limits;
import org.mailchute.testing.FreePort;

/** A home with all ways in and a lane of each option, the servers it reaches, and the ports it is reached by. */
final class Premises implements AutoCloseable {
    static final String SECRET = "pa55word";

    private final Path root;
    private final ExchangeOnline microsoft365;
    private final FtpDrop polled;
    private final int smtpPort = FreePort.number();
    private final int dropPort = FreePort.number();
    private final int brokerPort = FreePort.number();
    private final Path settings;

    /** @param troubles how many messages are refused for now, and of how many the reply is lost */
    Premises(Path root, int troubles) throws Exception {
        this.root = root;
        DemoAuthority authority = DemoAuthority.create(folder("certificates"), "contoso.example");
        microsoft365 = ExchangeOnline.start(scenario(troubles), authority, folder("received"));
        polled = polled(folder("polled"));
        settings = write();
    }

    private static FtpDrop polled(Path folder) throws FtpException {
        return FtpDrop.start(folder, "mailchute", SECRET);
    }

    private static Scenario scenario(int troubles) {
        return Scenario.standard()
                .withMailboxes(List.of(new Scenario.Mailbox("scanner@contoso.example", SECRET, List.of())))
                .with("limits", new Limits(1_000_000, 1_000_000, 35L << 20, 20))
                .with("delayMillis", 10)
                .withRule("busy", At.RCPT, troubles, "432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded")
                .withRule("lost", At.LOST, troubles, "");
    }

    private Path write() throws IOException {
        String secret = "\"${file:" + Files.writeString(root.resolve("secret"), SECRET) + "}\"";
        String byName = "who: {pattern: '(?P<user>i[0-9]+)_.*', address: \"{user}@contoso.example\"}";
        String scans = "from: scanner@contoso.example, subject: \"${file}\"";
        String certificates = folder("certificates").toString();
        return Files.writeString(root.resolve("mailchute.yaml"), """
                gateway: {name: gateway.contoso.example, home: "%s"}
                intake:
                  folders:
                    - {name: sets, folder: "%s", poll: 200ms, stableFor: 0s, %s, sidecar: {format: json, required: true}, pages: {pattern: '(?P<base>.+)_p(?P<page>[0-9])\\.bin', quiet: 0s}}
                    - {name: folder, folder: "%s", poll: 200ms, stableFor: 0s, %s, %s, done: archive, archive: "%s", rejected: "%s"}
                  drop: [{name: copier, password: %s, stableFor: 0s, %s, %s}]
                  ftp: [{name: plant, host: localhost, port: %d, user: mailchute, password: %s, tls: false, poll: 300ms, stableFor: 0s, %s, %s}]
                  smtp: [{name: devices, port: %d, tls: none, networks: [127.0.0.1]}]
                  jms: [{name: applications, queue: mail.requests, from: scanner@contoso.example}]
                  pickup: [{name: letters, folder: "%s", senders: ["*@contoso.example"], poll: 200ms, stableFor: 0s}]
                ftp-server: {port: %d, tls: none, passivePorts: "0"}
                accept: {senders: ["*@contoso.example"], recipients: ["*"]}
                next-hop:
                  - {domain: contoso.example, lane: direct}
                  - {domain: partner.example, lane: connector}
                  - {domain: "*.partner.example", lane: connector}
                  - {domain: "*", lane: mailbox}
                lanes:
                  - {name: direct, option: direct-send, host: localhost, port: %d, sessions: 2, uncertainWait: 1s}
                  - {name: connector, option: relay, host: localhost, port: %d, sessions: 2, uncertainWait: 1s, tls: required, trust: "%s/ca.pem", certificate: {chain: "%s/client-chain.pem", key: "%s/client-key.pem"}}
                  - {name: mailbox, option: submission, host: localhost, port: %d, uncertainWait: 1s, trust: "%s/ca.pem", messagesPerMinute: 0, recipientsPerDay: 0, login: {user: scanner@contoso.example, password: %s}}
                deferred: {schedule: [1s, 1s, 1s, 1s]}
                broker: {accept: {port: %d, protocols: [core, amqp], users: [{name: billing, password: %s, maySend: [mail.requests]}]}}
                management: {bind: 127.0.0.1, port: 0}
                """.formatted(
                        folder("home"),
                        folder("sets"),
                        scans,
                        folder("folder"),
                        scans,
                        byName,
                        folder("archive"),
                        folder("rejected"),
                        secret,
                        scans,
                        byName,
                        polled.port(),
                        secret,
                        scans,
                        byName,
                        smtpPort,
                        folder("pickup"),
                        dropPort,
                        microsoft365.mxPort(),
                        microsoft365.mxPort(),
                        certificates,
                        certificates,
                        certificates,
                        microsoft365.submissionPort(),
                        certificates,
                        secret,
                        brokerPort,
                        secret));
    }

    Path settings() {
        return settings;
    }

    Path root() {
        return root;
    }

    Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    ExchangeOnline microsoft365() {
        return microsoft365;
    }

    int smtpPort() {
        return smtpPort;
    }

    int dropPort() {
        return dropPort;
    }

    int brokerPort() {
        return brokerPort;
    }

    @Override
    public void close() throws Exception {
        polled.close();
        microsoft365.close();
    }
}
