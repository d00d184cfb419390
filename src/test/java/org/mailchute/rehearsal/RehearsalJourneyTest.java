package org.mailchute.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.settings.Settings;
import org.mailchute.settings.SettingsReader;
import org.mailchute.simulator.Received;
import org.mailchute.testing.FilesIn;

/** Settings of a real tenant, rehearsed. */
class RehearsalJourneyTest {
    @TempDir
    Path root;

    private Settings real() throws Exception {
        Path file = Files.writeString(root.resolve("mailchute.yaml"), """
                gateway: {name: gateway.contoso.com, home: "%s/home"}
                intake:
                  folders:
                    - {name: scans, folder: "%s/scans", poll: 100ms, stableFor: 100ms, from: scanner@contoso.com, to: [anna@contoso.com, buyer@fabrikam.com, print@partner.com], subject: "${file}", text: "A scan."}
                  ftp:
                    - {name: plant, host: ftp.contoso.com, user: x, password: "${env:SECRET}", from: scanner@contoso.com, to: [anna@contoso.com]}
                  drop:
                    - {name: copier, password: "${env:SECRET}", from: scanner@contoso.com, to: [anna@contoso.com]}
                  jms:
                    - {name: erp, queue: mail.erp, from: erp@contoso.com}
                  smtp:
                    - {name: floor, host: 127.0.0.1, port: 2525, tls: none, networks: [127.0.0.0/8], senders: ["*@contoso.com"]}
                  pickup:
                    - {name: crm, folder: "%s/crm", poll: 100ms, stableFor: 100ms, senders: ["*@contoso.com"]}
                ftp-server: {tls: none}
                accept: {senders: ["*"], recipients: ["*"]}
                next-hop:
                  - {domain: contoso.com, lane: direct}
                  - {domain: partner.com, lane: connector}
                  - {domain: "*", lane: mailbox}
                lanes:
                  - {name: direct, option: direct-send, domain: contoso.com}
                  - {name: connector, option: relay, host: contoso-com.mail.protection.outlook.com}
                  - {name: mailbox, option: submission, login: {mailbox: office@contoso.com, tenant: contoso.com, clientId: 99999999-2222-3333-4444-555555555555, clientSecret: "${env:SECRET}"}}
                """.formatted(root, root, root));
        return SettingsReader.read(file, Map.of("SECRET", "the real secret"));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "a connector by address needs a second loopback address")
    void aScanGoesAllThreeWaysAndStaysWhereItIs() throws Exception {
        Path scan =
                Files.writeString(Files.createDirectories(root.resolve("scans")).resolve("a.bin"), "scan");
        StringWriter told = new StringWriter();

        try (RehearsedTenant tenant = RehearsedTenant.open(real(), new PrintWriter(told, true))) {
            await("mail").until(() -> tenant.received().size() == 3);

            assertThat(tenant.received())
                    .extracting(Received::option)
                    .containsExactlyInAnyOrder("direct-send", "relay", "submission");
            assertThat(tenant.settings().lanes())
                    .as("nothing can leave this machine")
                    .allMatch(lane -> lane.nextHop().host().equals("localhost"));
            assertThat(tenant.settings().toString() + told).doesNotContain("the real secret");
        }

        assertThat(scan).hasContent("scan");
        assertThat(told.toString())
                .startsWith("REHEARSAL: nothing goes to Microsoft 365")
                .contains(
                        "Not rehearsed: ftp intake plant: its server is not asked",
                        "Not rehearsed: jms intake erp: the real broker is not asked",
                        "Not rehearsed: drop intake copier: no port is opened",
                        "Not rehearsed: smtp intake floor: no port is opened",
                        "Rehearsal over: 3 messages received")
                .doesNotContain("intake scans", "intake crm");
        assertThat(root.resolve("home")).isDirectoryNotContaining(file -> !file.endsWith("rehearsal"));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "a connector by address needs a second loopback address")
    void aMessageInAPickupFolderIsCopiedAndSentBySomebodyWhoMayAndStaysWhereItIs() throws Exception {
        Path folder = Files.createDirectories(root.resolve("crm"));
        String header = "From: sales@contoso.com\r\nTo: %s\r\nSubject: An offer\r\n\r\nPlease find it here.\r\n";
        Path mail = Files.writeString(folder.resolve("a.eml"), header.formatted("buyer@fabrikam.com"));
        Path note = Files.writeString(folder.resolve("note.txt"), "no message");

        try (RehearsedTenant tenant = RehearsedTenant.open(real(), new PrintWriter(new StringWriter()))) {
            await("mail").until(() -> tenant.received().size() == 1);

            assertThat(tenant.received().get(0).option()).isEqualTo("submission");
            assertThat(tenant.received().get(0).mailFrom()).contains("sales@contoso.com");
        }

        assertThat(mail).exists();
        assertThat(note).exists();
        assertThat(FilesIn.folder(folder)).hasSize(2);
    }
}
