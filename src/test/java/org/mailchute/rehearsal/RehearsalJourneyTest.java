package org.mailchute.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
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
                    - {name: scans, folder: "%s/scans", poll: 100ms, stableFor: 100ms, from: scanner@contoso.com, to: [anna@contoso.com, buyer@fabrikam.com, print@partner.com, all@staff.contoso.com, reader@customer.com], subject: "${file}", text: "A scan.", subfolders: true, rejected: "%s/scans/refused", sidecar: {format: json, wait: 0s}, pages: {pattern: '(?P<base>.+)_p(?P<page>[0-9]+)\\.bin', quiet: 200ms}}
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
                  - {domain: staff.contoso.com, lane: volume}
                  - {domain: customer.com, lane: news}
                  - {domain: "*", lane: mailbox}
                lanes:
                  - {name: direct, option: direct-send, domain: contoso.com}
                  - {name: connector, option: relay, host: contoso-com.mail.protection.outlook.com}
                  - {name: mailbox, option: submission, login: {mailbox: office@contoso.com, tenant: contoso.com, clientId: 99999999-2222-3333-4444-555555555555, clientSecret: "${env:SECRET}"}}
                  - {name: volume, option: submission, service: hve, sender: rewrite, login: {user: hve@contoso.com, password: "${env:SECRET}"}}
                  - {name: news, option: submission, service: acs, login: {user: news-smtp, tenant: contoso.com, clientId: 99999999-2222-3333-4444-555555555555, clientSecret: "${env:SECRET}"}}
                """.formatted(root, root, root, root));
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
                        "Not rehearsed: jms intake erp: the real broker is not asked",
                        "Not rehearsed: drop intake copier: no port is opened",
                        "Not rehearsed: smtp intake floor: no port is opened",
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
