package org.mailchute.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.border.Acceptor;
import org.mailchute.listener.Device;
import org.mailchute.listener.ListenerPlan;
import org.mailchute.settings.Settings;
import org.mailchute.settings.SettingsReader;
import org.mailchute.simulator.Received;
import org.mailchute.testing.FilesIn;

/** Settings of a real tenant, rehearsed. */
class RehearsalJourneyTest {
    @TempDir
    Path root;

    private Settings real() throws Exception {
        return real(0);
    }

    private Settings real(int ftpPort) throws Exception {
        Path file = Files.writeString(root.resolve("mailchute.yaml"), """
                gateway: {name: gateway.contoso.com, home: "%s/home"}
                intake:
                  folders:
                    - {name: scans, folder: "%s/scans", poll: 100ms, stableFor: 100ms, from: scanner@contoso.com, to: [anna@contoso.com, buyer@fabrikam.com, print@partner.com, all@staff.contoso.com, reader@customer.com], subject: "${file}", text: "A scan.", subfolders: true, rejected: "%s/scans/refused", sidecar: {format: json, wait: 0s}, pages: {pattern: '(?P<base>.+)_p(?P<page>[0-9]+)\\.bin', quiet: 200ms}}
                  ftp:
                    - {name: plant, host: ftp.contoso.com, user: x, password: "${env:SECRET}", from: scanner@contoso.com, to: [anna@contoso.com]}
                  drop:
                    - {name: copier, password: "${env:SECRET}", from: scanner@contoso.com, to: [anna@contoso.com]}
                  jms:
                    - {name: erp, queue: mail.erp, from: erp@contoso.com}
                  smtp:
                    - {name: floor, host: 0.0.0.0, port: 0, certificate: {chain: c.pem, key: k.pem}, networks: [10.0.0.0/8], logins: [{user: floor, password: "${env:SECRET}"}]}
                  pickup:
                    - {name: crm, folder: "%s/crm", poll: 100ms, stableFor: 100ms, senders: ["*@contoso.com"]}
                ftp-server: {bind: 0.0.0.0, port: %d, certificate: {chain: c.pem, key: k.pem}, externalAddress: 192.0.2.10}
                broker: {accept: {port: 0, users: [{name: shop, password: "${env:SECRET}", maySend: mail.erp}]}}
                accept: {senders: ["*"], recipients: ["*"]}
                next-hop:
                  - {domain: contoso.com, lane: direct}
                  - {domain: partner.com, lane: connector}
                  - {domain: staff.contoso.com, lane: volume}
                  - {domain: customer.com, lane: news}
                  - {domain: "*", lane: mailbox}
                lanes:
                  - {name: direct, option: direct-send, domain: contoso.com}
                  - {name: connector, option: relay, host: contoso-com.mail.protection.outlook.com}
                  - {name: mailbox, option: submission, login: {mailbox: office@contoso.com, tenant: contoso.com, clientId: 99999999-2222-3333-4444-555555555555, clientSecret: "${env:SECRET}"}}
                  - {name: volume, option: submission, service: hve, sender: rewrite, login: {user: hve@contoso.com, password: "${env:SECRET}"}}
                  - {name: news, option: submission, service: acs, login: {user: news-smtp, tenant: contoso.com, clientId: 99999999-2222-3333-4444-555555555555, clientSecret: "${env:SECRET}"}}
                """.formatted(root, root, root, root, ftpPort));
        return SettingsReader.read(file, Map.of("SECRET", "the real secret"));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "a connector by address needs a second loopback address")
    void aScanGoesAllFiveWaysAndStaysWhereItIs() throws Exception {
        lay("scans/a.bin", "scan");
        StringWriter told = new StringWriter();

        try (RehearsedTenant tenant = RehearsedTenant.open(real(), new PrintWriter(told, true))) {
            await("mail").until(() -> tenant.received().size() == 5);

            assertThat(tenant.received())
                    .extracting(Received::option)
                    .containsExactlyInAnyOrder("direct-send", "relay", "submission", "hve", "acs");
            assertThat(tenant.settings().lanes())
                    .as("nothing can leave this machine")
                    .allMatch(lane -> lane.nextHop().host().equals("localhost"));
            assertThat(tenant.settings().toString() + told).doesNotContain("the real secret");
        }

        assertThat(root.resolve("scans/a.bin")).hasContent("scan");
        assertThat(told.toString())
                .startsWith("REHEARSAL: nothing goes to Microsoft 365")
                .contains(
                        "Not rehearsed: ftp intake plant: its server is not asked",
                        "Not rehearsed: " + root.resolve("crm") + " is not there",
                        "Rehearsal over: 5 messages received")
                .doesNotContain("intake scans", "intake crm");
        assertThat(root.resolve("crm")).doesNotExist();
        assertThat(root.resolve("home")).isDirectoryNotContaining(file -> !file.endsWith("rehearsal"));
        assertThat(root.resolve("home/rehearsal/home"))
                .as("copies, journal and certificates")
                .doesNotExist();
        assertThat(FilesIn.folder(root.resolve("home/rehearsal/received"))).hasSize(5);
    }

    @Test
    @DisplayName(
            "what lies in watched and pickup folders is sent in each rehearsal, and nothing there is written, renamed or made")
    @EnabledOnOs(value = OS.LINUX, disabledReason = "a connector by address needs a second loopback address")
    void whatIsRehearsedStaysAsItIs() throws Exception {
        lay("scans/deep/b_p1.bin", "page one");
        lay("scans/deep/b_p2.bin", "page two");
        lay("scans/c.bin", "scan");
        lay("scans/c.json", "{\"to\": \"ceo@contoso.com\"}");
        lay("scans/refused/old.bin", "refused by the real gateway, so not input");
        lay("crm/a.eml", "From: sales@contoso.com\r\nTo: buyer@fabrikam.com\r\nSubject: An offer\r\n\r\nPlease.\r\n");
        lay("crm/note.txt", "no message");
        Map<Path, String> before = traits();

        for (int rehearsal = 1; rehearsal <= 2; rehearsal++) {
            try (RehearsedTenant tenant = RehearsedTenant.open(real(), new PrintWriter(new StringWriter()))) {
                await("mail").until(() -> tenant.received().size() == 7);

                assertThat(tenant.received())
                        .as("rehearsal %d: five times two pages, a scan with a sidecar, a message", rehearsal)
                        .extracting(received -> received.recipients().get(0))
                        .containsExactlyInAnyOrder(
                                "anna@contoso.com",
                                "buyer@fabrikam.com",
                                "print@partner.com",
                                "all@staff.contoso.com",
                                "reader@customer.com",
                                "ceo@contoso.com",
                                "buyer@fabrikam.com");
                assertThat(tenant.received()).extracting(Received::mailFrom).contains("sales@contoso.com");
            }
            assertThat(traits()).isEqualTo(before);
            assertThat(FilesIn.folder(root.resolve("home/rehearsal/received")))
                    .as("none of the rehearsal before")
                    .hasSize(7);
        }
    }

    @Test
    @DisplayName(
            "P9: ports are open to this machine alone, by no secret of the settings, and beside a gateway that has them")
    void devicesAndApplicationsMayTryTheirWays() throws Exception {
        StringWriter told = new StringWriter();

        try (ServerSocket gateway = new ServerSocket(0);
                RehearsedTenant tenant =
                        RehearsedTenant.open(real(gateway.getLocalPort()), new PrintWriter(told, true))) {
            Settings settings = tenant.settings();
            ListenerPlan listener = settings.smtp().get(0).plan();
            Acceptor broker = settings.broker().accept().orElseThrow();
            assertThat(List.of(settings.drop().plan().bind(), listener.bind(), broker.bind()))
                    .containsOnly("127.0.0.1");
            int ftp = settings.drop().plan().port();
            assertThat(told.toString())
                    .contains(
                            "Open to this machine alone, password rehearsal: drop intake copier: ftp://copier@127.0.0.1:"
                                    + ftp,
                            "rehearsal: smtp intake floor: smtp://127.0.0.1:" + listener.port() + ", as floor",
                            "rehearsal: broker.accept: amqp://127.0.0.1:" + broker.port() + ", as shop");

            save(ftp);
            try (Device device = Device.ready(listener.port())) {
                device.says("AUTH PLAIN "
                        + Base64.getEncoder().encodeToString("\0floor\0rehearsal".getBytes(StandardCharsets.UTF_8)));
                assertThat(device.sends("Subject: a mail\r\n\r\nA mail.")).startsWith("250 ");
            }
            publish(broker.port());

            await("mail").until(() -> tenant.received().size() == 3);
        }
    }

    private static void save(int port) throws IOException {
        FTPClient copier = new FTPClient();
        copier.connect("127.0.0.1", port);
        assertThat(copier.login("copier", "rehearsal")).isTrue();
        copier.enterLocalPassiveMode();
        assertThat(copier.storeFile("scan.bin", new ByteArrayInputStream(new byte[] {1})))
                .isTrue();
        copier.disconnect();
    }

    private static void publish(int port) throws Exception {
        try (JMSContext shop =
                new JmsConnectionFactory("shop", "rehearsal", "amqp://127.0.0.1:" + port).createContext()) {
            shop.createProducer()
                    .send(
                            shop.createQueue("mail.erp"),
                            "{\"to\": \"anna@contoso.com\", \"subject\": \"s\", \"text\": \"t\"}");
        }
    }

    private void lay(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** A folder's time is that of the last file which was made, renamed or deleted in it. */
    private Map<Path, String> traits() throws IOException {
        Map<Path, String> traits = new TreeMap<>();
        for (String top : List.of("scans", "crm")) {
            try (Stream<Path> all = Files.walk(root.resolve(top))) {
                for (Path path : all.toList()) {
                    traits.put(
                            path,
                            Files.readAttributes(path, "unix:ino,size,lastModifiedTime,ctime")
                                    .toString());
                }
            }
        }
        return traits;
    }
}
