package org.mailchute.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import org.mailchute.simulator.Busiest;
import org.mailchute.simulator.DemoAuthority;
import org.mailchute.simulator.ExchangeOnline;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;

/** A home with one watched folder, one direct-send lane, and a simulator for it to reach. */
public final class Workplace implements AutoCloseable {
    private final Path root;
    private final ExchangeOnline microsoft365;

    Workplace(Path root, Scenario scenario) throws Exception {
        this.root = root;
        DemoAuthority authority = DemoAuthority.create(folder("certificates"), "contoso.example");
        this.microsoft365 = ExchangeOnline.start(scenario, authority, folder("received"));
    }

    /** Writes the settings file. */
    Path settings(Path home) throws IOException {
        return settings(home, "");
    }

    /** With further keys of the lane. */
    Path settings(Path home, String laneKeys) throws IOException {
        return Files.writeString(
                root.resolve("mailchute.yaml"), """
                gateway: {name: gateway.contoso.example, home: "%s"}
                intake:
                  folders:
                    - {name: scans, folder: "%s", poll: 100ms, stableFor: 100ms, from: scanner@contoso.example, to: [anna@contoso.example], subject: "${file}", text: "Scan."}
                accept: {senders: ["*@contoso.example"], recipients: ["*@contoso.example"], maxSize: 150MB}
                next-hop: [{domain: contoso.example, lane: direct}]
                lanes:
                  - {name: direct, option: direct-send, host: localhost, port: %d, sessions: 2, messageSize: 150MB, uncertainWait: 2s%s}
                deferred: {schedule: [1s, 1s, 1s]}
                management: {bind: 127.0.0.1, port: 0}
                """.formatted(home, folder("scans"), microsoft365.mxPort(), laneKeys));
    }

    /** With a lane that submits as a mailbox, by password, in place of the other. */
    Path submitting(Path home, String laneKeys) throws IOException {
        Path secret = Files.writeString(root.resolve("mailbox-password"), "pa55word");
        String lane =
                "{name: direct, option: submission, host: localhost, port: %d, trust: \"%s/ca.pem\", login: {user: scanner@contoso.example, password: \"${file:%s}\"}%s}"
                        .formatted(microsoft365.submissionPort(), folder("certificates"), secret, laneKeys);
        Path file = settings(home);
        return Files.writeString(
                file, Files.readString(file).replaceFirst("\\{name: direct, .*\\}", Matcher.quoteReplacement(lane)));
    }

    /** The mailbox of that lane. */
    static Scenario withItsMailbox(Scenario scenario) {
        return scenario.withMailboxes(List.of(new Scenario.Mailbox("scanner@contoso.example", "pa55word", List.of())));
    }

    /** The most it submitted in any minute. */
    Busiest busiestMinute() {
        return microsoft365.busiest(Duration.ofMinutes(1));
    }

    /** Takes SMTP from this machine as well (YAML below {@code intake:}). */
    static String listener(int port) {
        return "  smtp: [{name: devices, port: %d, tls: none, networks: [127.0.0.1], maxMessageSize: 150MB}]\n"
                .formatted(port);
    }

    /**
     * With more ways in.
     *
     * @param intakes YAML below {@code intake:}; may end with further folders
     * @param sections YAML at the top
     */
    Path settings(Path home, String intakes, String sections) throws IOException {
        return settings(home, "", intakes, sections);
    }

    /** With both. */
    Path settings(Path home, String laneKeys, String intakes, String sections) throws IOException {
        Path file = settings(home, laneKeys);
        return Files.writeString(file, Files.readString(file).replace("  folders:\n", folders(intakes)) + sections);
    }

    private static String folders(String intakes) {
        return intakes.contains("  folders:\n") ? intakes : intakes + "  folders:\n";
    }

    /** Is the FTP drop of these devices; one called appender is waited for. */
    Path dropping(int port, List<String> devices) throws IOException {
        Path secret = Files.writeString(root.resolve("device-password"), SavingDevice.PASSWORD);
        StringBuilder drop = new StringBuilder("  drop:\n");
        for (String device : devices) {
            drop.append(
                    "    - {name: %s, password: \"${file:%s}\", stableFor: %s, from: scanner@contoso.example, to: [anna@contoso.example], subject: \"${file}\", text: \"Scan.\"}\n"
                            .formatted(device, secret, device.equals("appender") ? "1s" : "0s"));
        }
        return settings(
                folder("home"),
                drop.toString(),
                "ftp-server: {port: %d, tls: none, passivePorts: \"0\"}\n".formatted(port));
    }

    /** Saves as a scanner with a temporary name does. */
    void drop(String name, byte[] content) throws IOException {
        Path half = Files.write(folder("scans").resolve(name + ".tmp"), content);
        Files.move(half, folder("scans").resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What the probe hears: code and text. */
    static String ready(Path home) throws Exception {
        HttpRequest probe = HttpRequest.newBuilder(
                        URI.create("http://" + Files.readString(home.resolve("management.address")) + "/health/ready"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(probe, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    ExchangeOnline microsoft365() {
        return microsoft365;
    }

    List<Received> received() {
        return microsoft365.received();
    }

    /** What one received file's header field says; empty where it is missing. */
    static String field(Path mail, String name) throws IOException {
        try (var lines = Files.lines(mail, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            return lines.takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    @Override
    public void close() throws Exception {
        microsoft365.close();
    }
}
