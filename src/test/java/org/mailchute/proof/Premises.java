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
    private final Surroundings around;
    private final List<Place> places = List.of(Place.free(), Place.free());
    private volatile Place working = places.get(0);

    /** Where a gateway listens. Of two on one machine each needs ports of its own: one that stands still keeps them. */
    private record Place(int smtpPort, int dropPort) {
        static Place free() throws IOException {
            return new Place(FreePort.number(), FreePort.number());
        }
    }

    /**
     * @param troubles how many messages are refused for now, and of how many the reply is lost
     * @param around where its broker is
     */
    Premises(Path root, int troubles, Surroundings around) throws Exception {
        this.root = root;
        this.around = around;
        DemoAuthority authority = DemoAuthority.create(folder("certificates"), "contoso.example");
        microsoft365 = ExchangeOnline.start(scenario(troubles), authority, folder("received"));
        polled = polled(folder("polled"));
        for (Place place : places) {
            write(place);
        }
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

    private Path file(Place place) {
        return root.resolve("mailchute-" + places.indexOf(place) + ".yaml");
    }

    /** Pages that come one after the other are quiet for longer than that takes: with 0s a set would end at the page that a look finds first. */
    private void write(Place place) throws IOException {
        String secret = "\"${file:" + Files.writeString(root.resolve("secret"), SECRET) + "}\"";
        String byName = "who: {pattern: '(?P<user>i[0-9]+)_.*', address: \"{user}@contoso.example\"}";
        String scans = "from: scanner@contoso.example, subject: \"${file}\"";
        String certificates = folder("certificates").toString();
        Files.writeString(file(place), """
                gateway: {name: gateway.contoso.example, home: "%s"}
                intake:
                  folders:
                    - {name: sets, folder: "%s", poll: 200ms, stableFor: 0s, %s, sidecar: {format: json, required: true}, pages: {pattern: '(?P<base>.+)_p(?P<page>[0-9])\\.bin', quiet: 1s}}
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
                  - {name: mailbox, option: submission, host: localhost, port: %d, uncertainWait: 1s, trust: "%s/ca.pem", messagesPerMinute: %d, recipientsPerDay: 0, login: {user: scanner@contoso.example, password: %s}}
                deferred: {schedule: [1s, 1s, 1s, 1s]}
                management: {bind: 127.0.0.1, port: 0}
                %s
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
                        place.smtpPort(),
                        folder("pickup"),
                        place.dropPort(),
                        microsoft365.mxPort(),
                        microsoft365.mxPort(),
                        certificates,
                        certificates,
                        certificates,
                        microsoft365.submissionPort(),
                        certificates,
                        around.messagesPerMinute(),
                        secret,
                        around.sections()));
    }

    /** @param place 0 or 1; of two gateways on one machine each has its own */
    Path settings(int place) {
        return file(places.get(place));
    }

    /** From now on devices reach the gateway there, as by an address that moves. */
    void movesTo(int place) {
        working = places.get(place);
    }

    Surroundings around() {
        return around;
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
        return working.smtpPort();
    }

    int dropPort() {
        return working.dropPort();
    }

    @Override
    public void close() throws Exception {
        polled.close();
        microsoft365.close();
    }
}
