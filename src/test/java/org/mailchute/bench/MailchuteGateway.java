package org.mailchute.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mailchute.gateway.RunningGateway;

/** Mailchute itself, everything on: spool, journal, duplicate detection, events; only the limits are off. */
final class MailchuteGateway implements Contender {
    private final String more;
    private @Nullable RunningGateway gateway;

    /** @param more settings than others have (YAML at the top) */
    MailchuteGateway(String more) {
        this.more = more;
    }

    @Override
    public void start(Path folder, Peer peer) throws Exception {
        Path home = Files.createTempDirectory(folder.toAbsolutePath().getParent(), "home-");
        String tls = peer.trustPem()
                .map(pem -> "tls: required, trust: \"" + pem + "\"")
                .orElse("tls: none");
        Path settings = Files.writeString(
                home.resolve("mailchute.yaml"), """
                gateway: {name: gateway.contoso.example, home: "%s/home"}
                intake:
                  folders:
                    - {name: scans, folder: "%s", poll: 100ms, stableFor: 0s, from: scanner@contoso.example, to: [anna@contoso.example], subject: "${file}", text: "A scan."}
                accept: {senders: ["*"], recipients: ["*"], maxSize: 150MB}
                next-hop: [{domain: "*", lane: relay}]
                lanes: [{name: relay, option: relay, host: localhost, port: %d, %s, sessions: %d, sessionMessages: 10000, messageSize: 150MB}]
                management: {bind: ""}
                %s
                """.formatted(home, folder, peer.port(), tls, peer.sessions(), more));
        gateway = RunningGateway.start(settings);
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
    }
}
