package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.component.direct.DirectProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.listener.Device;
import org.mailchute.simulator.Received;
import org.mailchute.trace.DeliveryEvent;

/** Other settings for a gateway that runs. */
class ReloadJourneyTest {
    @RegisterExtension
    static final Town TOWN = new Town();

    @BeforeAll
    static void start() throws Exception {
        TOWN.start();
    }

    @AfterEach
    void back() throws Exception {
        assertThat(reload(same -> same).err()).isEmpty();
        TOWN.forget();
    }

    /** @param edit of the settings of the start */
    private static Town.Ran with(UnaryOperator<String> edit, String... command) throws Exception {
        Path file = TOWN.settings();
        Files.writeString(file, edit.apply(Files.readString(file)));
        return Town.commandWith(file, command);
    }

    private static Town.Ran reload(UnaryOperator<String> edit) throws Exception {
        return with(edit, "reload");
    }

    private static String otherFolder(String settings) {
        return settings.replace(
                "  folders:\n",
                "  folders:\n    - {name: extra, folder: \"%s/extra\", poll: 100ms, stableFor: 0s, from: scanner@contoso.example, to: [ben@contoso.example]}\n"
                        .formatted(TOWN.root()));
    }

    private static String withoutConnector(String settings) {
        return settings.replaceFirst("(?m)^  - \\{name: connector.*\n", "");
    }

    private static void send(String subject, String to) {
        TOWN.publish("{\"to\": [\"%s\"], \"subject\": \"%s\", \"text\": \"T\"}".formatted(to, subject));
    }

    private static List<String> subjects() {
        return TOWN.received().stream().map(ReloadJourneyTest::subject).toList();
    }

    private static String subject(Received mail) {
        return Letters.text(mail).replaceFirst("(?s).*\nSubject: ([^\r]*).*", "$1");
    }

    @Test
    void whatTheFileSaysAndTheGatewayDoesNotRunByIsShownAndSaidUntilItIsTaken() throws Exception {
        UnaryOperator<String> edit = settings -> settings.replace("messagesPerMinute: 0", "messagesPerMinute: 20");
        assertThat(with(same -> same, "check", "--diff").out()).endsWith("mailchute.yaml: the gateway runs by it\n");
        assertThat(with(same -> same, "lanes").out()).doesNotContain("changed");

        String change = "lanes[mailbox].messagesPerMinute: 0 -> 20\n";
        assertThat(with(edit, "check", "--diff").out()).isEqualTo(change);
        assertThat(with(edit, "lanes").out()).contains("The settings file has changed");
        assertThat(with(edit, "explain", "anna@contoso.example").out()).contains("The settings file has changed");
        assertThat(with(edit, "explain", "anna@contoso.example", "--json").out())
                .contains("\"differs\":true");

        assertThat(reload(edit).out()).isEqualTo(change);
        assertThat(with(edit, "lanes").out()).doesNotContain("changed");
        assertThat(reload(edit).out()).isEqualTo("nothing differs from what runs\n");
    }

    @Test
    void anIntakeThatIsAddedTakesWhatComesAndOneThatIsRemovedLeavesFilesAlone() throws Exception {
        assertThat(reload(ReloadJourneyTest::otherFolder).out()).isEqualTo("intake.folders[extra]: added\n");
        TOWN.scan("extra", "a.bin", "content");
        assertThat(TOWN.awaitReceived(1).get(0).recipients()).containsExactly("ben@contoso.example");
        assertThat(TOWN.answer("/health/ready?details")).contains("consumer:intake-extra");

        assertThat(reload(settings -> otherFolder(settings).replace("ben@", "carl@"))
                        .out())
                .isEqualTo("intake.folders[extra].to: [ben@contoso.example] -> [carl@contoso.example]\n");
        TOWN.scan("extra", "b.bin", "content");
        assertThat(TOWN.awaitReceived(2).get(1).recipients()).containsExactly("carl@contoso.example");

        assertThat(reload(same -> same).out()).isEqualTo("intake.folders[extra]: removed\n");
        TOWN.scan("extra", "c.bin", "content");
        TOWN.scan("scans", "d.bin", "content");
        TOWN.awaitReceived(3);
        assertThat(TOWN.folder("extra").resolve("c.bin")).exists();
        assertThat(TOWN.metrics()).doesNotContain("mailchute_files_waiting{source=\"folder:extra\"}");
        Files.delete(TOWN.folder("extra").resolve("c.bin"));
    }

    @Test
    @DisplayName("P3: what waits for a lane that is taken out of the settings goes by another, once")
    void whatWaitsForARemovedLaneGoesByAnother() throws Exception {
        TOWN.command("lanes", "hold", "connector");
        send("waits", "buyer@partner.example");
        await("waiting").until(() -> TOWN.gateway().waiting("connector") == 1);

        assertThat(reload(settings -> withoutConnector(settings).replace("lane: connector", "lane: mailbox"))
                        .out())
                .contains("lanes[connector]: removed; what waits there goes over")
                .contains(
                        "next-hop[2]: {domain: partner.example, lane: connector} -> {domain: partner.example, lane: mailbox}");
        assertThat(TOWN.awaitReceived(1).get(0).option()).isEqualTo("submission");
        TOWN.awaitEmptySpool();

        reload(same -> same);
        TOWN.command("lanes", "release", "connector");
        send("again", "buyer@partner.example");
        assertThat(TOWN.awaitReceived(2).get(1).option()).isEqualTo("relay");
    }

    @Test
    void whatNoOtherLaneCarriesBecomesADeadLetterThatIsReplayedWhenTheLaneIsBack() throws Exception {
        TOWN.command("lanes", "hold", "connector");
        send("dead", "buyer@partner.example");
        await("waiting").until(() -> TOWN.gateway().waiting("connector") == 1);

        reload(settings -> withoutConnector(settings)
                .replaceFirst("(?m)^  - \\{domain: partner.*\n", "")
                .replace("domain: \"*\"", "domain: fabrikam.example"));
        DeliveryEvent dead = TOWN.awaitEvent(DeliveryEvent.Kind.DEAD);
        assertThat(dead.reason()).startsWith("Its lane connector is not in the settings any more");

        reload(same -> same);
        TOWN.command("lanes", "release", "connector");
        assertThat(TOWN.command("dead", "replay", dead.queueId()).exitCode()).isZero();
        assertThat(TOWN.awaitReceived(1).get(0).option()).isEqualTo("relay");
    }

    private static String ports(String settings, int port, String more) {
        return settings.replace("  jms:\n", """
                  smtp:
                    - {name: copiers, host: 127.0.0.1, port: %d, tls: none, networks: [127.0.0.1]}
                  drop:
                    - {name: plotter, password: "${file:%s/secrets/client}", from: a@contoso.example, to: [ben@contoso.example]%s}
                  ftp:
                    - {name: plant, host: 127.0.0.1, port: %d, user: u, password: "${file:%s/secrets/client}", tls: false, from: a@contoso.example, to: [ben@contoso.example]%s}
                  jms:
                """.formatted(port, TOWN.root(), more, port, TOWN.root(), more))
                + "ftp-server: {port: 0, tls: none, passivePorts: \"0\"}\n";
    }

    @Test
    void portsOpenAndCloseAndOneThatIsTakenIsToldAndTriedAgain() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Town.Ran failed = reload(settings -> ports(settings, taken.getLocalPort(), ""));
            port = taken.getLocalPort();
            assertThat(failed.exitCode()).as(failed.err()).isEqualTo(1);
            assertThat(failed.err()).startsWith("copiers is not open (").hasLineCount(1);
            assertThat(TOWN.gateway().drop()).isPresent();
        }
        assertThat(reload(settings -> ports(settings, port, "")).err()).isEmpty();
        assertThat(TOWN.gateway().listener("copiers").port()).isEqualTo(port);

        assertThat(reload(settings -> ports(settings, port, ", subject: other")).out())
                .contains(
                        "intake.drop[plotter].subject: not set -> other",
                        "intake.ftp[plant].subject: not set -> other");
        assertThat(reload(same -> same).out()).contains("ftp-server", "intake.smtp[copiers]: removed");
        assertThat(TOWN.gateway().drop()).isEmpty();
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }

    private static String listener(String settings, int recipients) {
        return settings.replace("  jms:\n", """
                  smtp:
                    - {name: copiers, port: 0, tls: none, networks: [127.0.0.1], maxRecipients: %d}
                  jms:
                """.formatted(recipients));
    }

    private static void scan(int number) throws Exception {
        try (Device device = Device.ready(TOWN.gateway().listener("copiers").port())) {
            assertThat(device.sends("From: copier@contoso.example\r\nSubject: Scan " + number + "\r\n\r\nT"))
                    .startsWith("250");
        }
        TOWN.awaitReceived(number);
    }

    /** How many there are, when all that nobody holds is gone. */
    private static long alive(Class<?> type) throws JMException {
        Object all = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return all.toString()
                .lines()
                .filter(line -> line.endsWith(" " + type.getName()))
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1]))
                .sum();
    }

    @Test
    void ofAListenerThatIsChangedNothingStays() throws Exception {
        assertThat(reload(settings -> listener(settings, 90)).err()).isEmpty();
        scan(1);
        long before = alive(DirectProducer.class);
        assertThat(before).isPositive();
        for (int number = 2; number < 5; number++) {
            int recipients = 90 + number;
            assertThat(reload(settings -> listener(settings, recipients)).err()).isEmpty();
            scan(number);
        }
        await().until(() -> alive(DirectProducer.class) <= before);
    }

    @Test
    @DisplayName("P3: what a lane that is gone at a start left behind goes by another, too")
    void whatARemovedLaneLeftBehindGoesByAnotherAfterARestart() throws Exception {
        TOWN.command("lanes", "hold", "connector");
        send("left behind", "buyer@partner.example");
        await("waiting").until(() -> TOWN.gateway().waiting("connector") == 1);
        TOWN.stop();

        Path file = TOWN.settings();
        Files.writeString(file, withoutConnector(Files.readString(file)).replace("lane: connector", "lane: mailbox"));
        try (RunningGateway other = RunningGateway.start(file)) {
            assertThat(TOWN.awaitReceived(1).get(0).option()).isEqualTo("submission");
            TOWN.awaitEmptySpool();
        }
        TOWN.start();
        TOWN.command("lanes", "release", "connector");
    }

    @Test
    void faultySettingsChangeNothingAndEachFaultIsTold() throws Exception {
        String before = TOWN.answer("/health/live?details");
        Town.Ran faulty = reload(settings -> otherFolder(settings).replace("sessions: 2", "sessions: 99"));
        assertThat(faulty.exitCode()).isEqualTo(2);
        assertThat(faulty.err()).contains("lanes[direct].sessions: found \"99\"", "1 fault in the settings");
        assertThat(TOWN.answer("/health/live?details")).isEqualTo(before);
    }

    @Test
    void whatWantsARestartIsSaidAndNotTaken() throws Exception {
        UnaryOperator<String> edit = settings -> otherFolder(settings.replace("name: gateway.", "name: gate."));
        String said = "gateway.name: gateway.contoso.example -> gate.contoso.example (wants a restart)\n";
        assertThat(reload(edit).out()).isEqualTo(said + "intake.folders[extra]: added\n");
        assertThat(with(edit, "check", "--diff").out()).isEqualTo(said);
    }

    @Test
    void aPickupFolderTakesWhatAcceptAllowsFromThenOn() throws Exception {
        UnaryOperator<String> pickup = settings -> settings.replace(
                "  folders:\n",
                "  pickup:\n    - {name: letters, folder: \"%s/letters\", poll: 100ms, stableFor: 0s, senders: [\"*@contoso.example\"]}\n  folders:\n"
                        .formatted(TOWN.root()));
        reload(settings -> pickup.apply(settings).replace("accept: {", "accept: {maxSize: 1KB, "));

        assertThat(reload(pickup).out()).startsWith("accept.maxSize: ");
        TOWN.scan(
                "letters",
                "a.eml",
                "From: scanner@contoso.example\r\nTo: anna@contoso.example\r\n\r\n" + "a line\r\n".repeat(20_000));
        TOWN.awaitReceived(1);
    }

    @Test
    void anotherSecretIsTaken() throws Exception {
        TOWN.withSecret("wrong");
        assertThat(reload(same -> same).out()).isEqualTo("lanes[mailbox]: another secret\n");
        send("secret", "buyer@fabrikam.example");
        await("held").until(() -> TOWN.command("lanes").out().contains("held"));

        TOWN.withSecret("demo-client-secret");
        assertThat(reload(same -> same).out()).isEqualTo("lanes[mailbox]: another secret\n");
        TOWN.command("lanes", "release", "mailbox");
        TOWN.awaitReceived(1);
    }

    @Test
    @DisplayName("P1, P3: mail that flows while settings change all the time is lost never and sent once")
    void mailFlowsWhileSettingsChange() throws Exception {
        List<String> to = List.of("anna@contoso.example", "buyer@partner.example", "buyer@fabrikam.example");
        List<String> sent = IntStream.range(0, 60).mapToObj(i -> "number " + i).toList();
        CompletableFuture<Void> flow = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < sent.size(); i++) {
                send(sent.get(i), to.get(i % to.size()));
            }
        });
        for (int i = 0; i < 20; i++) {
            int round = i;
            Town.Ran done = reload(settings -> round % 2 == 0
                    ? otherFolder(withoutConnector(settings).replace("lane: connector", "lane: mailbox"))
                            .replace("sessions: 2", "sessions: 1")
                            .replace("consumers: 2", "consumers: 1")
                    : settings);
            assertThat(done.exitCode()).as(done.err()).isZero();
            TOWN.scan("scans", "scan-" + i + ".bin", "content " + i);
        }
        flow.join();
        send("the last", "buyer@partner.example");
        List<String> all = new ArrayList<>(sent);
        all.add("the last");
        IntStream.range(0, 20).forEach(i -> all.add("Scan scan-" + i + ".bin"));
        TOWN.awaitReceived(all.size());
        TOWN.awaitEmptySpool();
        assertThat(subjects()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(TOWN.received())
                .filteredOn(received -> "the last".equals(subject(received)))
                .extracting(Received::option)
                .containsExactly("relay");
    }
}
