package org.mailchute.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.cluster.ClusterPlan;
import org.mailchute.credentials.AppProof;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.door.Role;
import org.mailchute.envelope.MailAddress;
import org.mailchute.limits.RetrySchedule;
import org.mailchute.limits.SendingLimits;
import org.mailchute.nexthop.NextHop;
import org.mailchute.nexthop.Rule;
import org.mailchute.nexthop.SenderPolicy;
import org.mailchute.notice.NoticePlan;
import org.mailchute.reply.Service;
import org.mailchute.settings.yaml.Fault;
import org.mailchute.smtp.SmtpPeer;

/** What correct settings come to. */
class SettingsReaderTest {
    private static final String MINIMAL = """
            gateway: {name: gateway.contoso.com, home: home}
            intake:
              folders:
                - {name: scans, folder: /srv/scans, from: scanner@contoso.com, to: [anna@contoso.com]}
            accept: {senders: ["*@contoso.com"], recipients: ["*"]}
            next-hop:
              - {domain: contoso.com, lane: direct}
              - {domain: "*.contoso.com", lane: direct}
              - {domain: fabrikam.com, lane: connector}
              - {domain: "*", lane: mailbox}
            lanes:
              - {name: direct, option: direct-send, host: contoso-com.mail.protection.outlook.com}
              - name: connector
                option: relay
                host: contoso-com.mail.protection.outlook.com
                certificate: {chain: tls/chain.pem, key: tls/key.pem}
              - name: mailbox
                option: submission
                login:
                  mailbox: scanner@contoso.com
                  tenant: contoso.com
                  clientId: 11111111-2222-3333-4444-555555555555
                  clientSecret: ${env:SECRET}
            """;

    @TempDir
    Path folder;

    private Settings read(String yaml) throws IOException, FaultySettings {
        Path file = Files.writeString(folder.resolve("mailchute.yaml"), yaml);
        return SettingsReader.read(file, Map.of("SECRET", "s3cret"));
    }

    @Test
    void relativePathsStartAtTheFolderOfTheSettingsFile() throws Exception {
        assertThat(read(MINIMAL).home()).isEqualTo(folder.resolve("home"));
    }

    @Test
    void rulesKeepTheOrderTheyAreWrittenIn() throws Exception {
        assertThat(read(MINIMAL).routing())
                .extracting(Rule::pattern)
                .containsExactly("contoso.com", "*.contoso.com", "fabrikam.com", "*");
    }

    private Settings.Lane service(String name, String login) throws Exception {
        return read(MINIMAL.replaceFirst("(?s)login:.*", Matcher.quoteReplacement(login))
                        .replace("submission", "submission\n    service: " + name)
                        .replace("domain: \"*\", lane", "domain: contoso.com, from: hr@contoso.com, lane"))
                .lanes()
                .get(2);
    }

    @Test
    void whatAServiceWantsAndGivesFollowsFromItsName() throws Exception {
        String app =
                "tenant: contoso.com, clientId: 11111111-2222-3333-4444-555555555555, clientSecret: \"${env:SECRET}\"}";
        Settings.Lane hve = service("hve", "login: {mailbox: hve@contoso.com, " + app);
        assertThat(hve.nextHop())
                .isEqualTo(new NextHop.Submission("mailbox", "smtp.hve.mx.microsoft", 587, Service.HVE));
        assertThat(hve.limits()).isEqualTo(new SendingLimits(8, 0, 0, 0, 50, 10 << 20));
        assertThat(hve.sender().kind()).isEqualTo(SenderPolicy.Kind.OWN);
        Settings.Lane acs = service("acs", "login: {user: contoso-smtp, " + app);
        assertThat(acs.nextHop()).isEqualTo(new NextHop.Submission("mailbox", "smtp.azurecomm.net", 587, Service.ACS));
        assertThat(acs.limits()).isEqualTo(new SendingLimits(2, 30, 100, 0, 50, 10 << 20));
        assertThat(acs.login())
                .isInstanceOf(Login.App.class)
                .hasFieldOrPropertyWithValue("user", "contoso-smtp")
                .hasFieldOrPropertyWithValue("scope", "https://communication.azure.com/.default");
        assertThat(acs.sender()).isEqualTo(SenderPolicy.ANY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contoso.11111111-2222-3333-4444-555555555555.22222222-3333-4444-5555-666666666666",
                "contoso|11111111-2222-3333-4444-555555555555|22222222-3333-4444-5555-666666666666",
                "news@contoso.com"
            })
    void communicationServicesHaveThreeFormsOfAUserName(String user) throws Exception {
        assertThat(service("acs", "login: {user: \"" + user + "\", password: \"${env:SECRET}\"}")
                        .login()
                        .account())
                .contains(user);
    }

    @Test
    void whatHighVolumeEmailMayNotReachIsWarnedOfWhereItCannotBeKnown() throws Exception {
        String lane =
                "{name: hve, option: submission, service: hve, host: smtp-hve.office365.com, login: {user: hve@contoso.com, password: \"${env:SECRET}\"}}";
        Path file = Files.writeString(
                folder.resolve("mailchute.yaml"),
                MINIMAL.replace("lane: direct}", "lane: hve}")
                        .replace("lane: connector}", "lane: [connector, hve]}")
                        .replaceFirst("(?m)^lanes:$", "lanes:\n  - " + Matcher.quoteReplacement(lane)));
        assertThat(SettingsReader.check(file, Map.of("SECRET", "s3cret")).warnings())
                .extracting(Fault::toString)
                .map(line -> line.replaceFirst(".*yaml:\\d+: ", ""))
                .contains(
                        "next-hop[3].lane: found High Volume Email for fabrikam.com, a domain of none of your senders, expected domains of your own organisation: High Volume Email reaches no others",
                        "lanes[hve].host: found \"smtp-hve.office365.com\", which Microsoft will take away, expected smtp.hve.mx.microsoft",
                        "lanes[hve].login.user: found a login by password, expected OAuth: Microsoft takes passwords of High Volume Email until September 2028 only")
                .noneMatch(line -> line.contains("contoso.com, a domain"));
    }

    @Test
    void lanesOnPort25ConnectByIpv4OnlyUnlessTheyAreToldOtherwise() throws Exception {
        assertThat(read(MINIMAL).lanes()).extracting(Settings.Lane::ipv4).containsExactly(true, true, false);
        String told = MINIMAL.replace("option: direct-send,", "option: direct-send, ipv4: false,");
        assertThat(read(told).lanes().get(0).ipv4()).isFalse();
    }

    @Test
    void aSubmissionLaneDefaultsToMicrosoftsHostAndMicrosoftsLimits() throws Exception {
        Settings.Lane lane = read(MINIMAL).lanes().get(2);
        assertThat(lane.nextHop())
                .isEqualTo(new NextHop.Submission("mailbox", "smtp.office365.com", 587, Service.EXCHANGE_ONLINE));
        assertThat(lane.tls()).isEqualTo(SmtpPeer.Tls.REQUIRED);
        assertThat(lane.limits()).isEqualTo(new SendingLimits(2, 30, 0, 10_000, 500, 35L << 20));
        Login.App login = (Login.App) lane.login();
        assertThat(login.user()).isEqualTo("scanner@contoso.com");
        assertThat(secret(login)).isEqualTo("s3cret");
        assertThat(login.authority()).isEqualTo("https://login.microsoftonline.com/contoso.com/");
        assertThat(login.scope()).isEqualTo("https://outlook.office365.com/.default");
    }

    @Test
    void anMxLaneDefaultsToPort25AndTwoHundredRecipients() throws Exception {
        Settings.Lane lane = read(MINIMAL).lanes().get(0);
        assertThat(lane.nextHop().port()).isEqualTo(25);
        assertThat(lane.tls()).isEqualTo(SmtpPeer.Tls.OPTIONAL);
        assertThat(lane.limits().recipientsPerMessage()).isEqualTo(200);
        assertThat(lane.login()).isEqualTo(new Login.Anonymous());
    }

    @Test
    void aRelayLaneWithACertificateRequiresTls() throws Exception {
        Settings.Lane lane = read(MINIMAL).lanes().get(1);
        assertThat(lane.tls()).isEqualTo(SmtpPeer.Tls.REQUIRED);
        assertThat(lane.login())
                .isEqualTo(new Login.ClientCertificate(
                        new CertificateFiles.Pem(folder.resolve("tls/chain.pem"), folder.resolve("tls/key.pem"))));
    }

    @Test
    void tlsForRelayByAddressIsRequiredUnlessToldOtherwise() throws Exception {
        String byAddress = MINIMAL.replace("    certificate: {chain: tls/chain.pem, key: tls/key.pem}\n", "");
        assertThat(read(byAddress).lanes().get(1).tls()).isEqualTo(SmtpPeer.Tls.REQUIRED);
    }

    @Test
    void theCloudOfTheHostDecidesWhereTokensComeFrom() throws Exception {
        String government = MINIMAL.replace("option: submission", "option: submission\n    host: smtp.office365.us");
        Login.App login = (Login.App) read(government).lanes().get(2).login();
        assertThat(login.authority()).isEqualTo("https://login.microsoftonline.us/contoso.com/");
        assertThat(login.scope()).isEqualTo("https://outlook.office365.us/.default");
    }

    @Test
    void rejectedScansRestInTheFolderTheyCameFrom() throws Exception {
        assertThat(read(MINIMAL).folders().get(0).rejected()).isEqualTo(Path.of("/srv/scans/rejected"));
    }

    @Test
    void theReversePathIsTheSenderUnlessToldOtherwise() throws Exception {
        String yaml = MINIMAL.replace("from: scanner@contoso.com,", "from: scanner@contoso.com, reversePath: <>,");
        assertThat(read(MINIMAL).folders().get(0).rule().reversePath()).hasToString("scanner@contoso.com");
        assertThat(read(yaml).folders().get(0).rule().reversePath().address()).isEmpty();
    }

    @Test
    void whatIsNotWrittenTakesTheDocumentedDefaults() throws Exception {
        Settings settings = read(MINIMAL);
        assertThat(settings.retry()).isEqualTo(RetrySchedule.standard());
        assertThat(settings.broker().url()).isEmpty();
        assertThat(settings.management()).isEqualTo(new ManagementSettings("127.0.0.1", 8025, false, Optional.empty()));
        assertThat(settings.console().enabled()).isTrue();
        assertThat(settings.policy().maxRecipients()).isEqualTo(500);
        assertThat(settings.policy().maxBytes()).isEqualTo(25L << 20);
    }

    @Test
    void aClusterAgreesInADatabaseWhereItsTraceIsToo() throws Exception {
        Settings settings = read(MINIMAL + """
                broker: {url: "tcp://localhost:61616"}
                cluster: {database: {url: "jdbc:postgresql://localhost/mailchute"}}
                """);
        ClusterPlan cluster = settings.cluster().orElseThrow();
        assertThat(cluster.lease()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.trace().postgres()).contains(cluster.database());
        assertThat(read(MINIMAL).cluster()).isEmpty();
    }

    @Test
    void beyondThisMachineTheConsoleIsThereForWhoeverMaySignInAndElseNot() throws Exception {
        String open = MINIMAL + """
                management: {bind: 0.0.0.0, certificate: {chain: c.pem, key: k.pem}}
                """;
        assertThat(read(open).console().enabled()).isFalse();
        ConsoleSettings console = read(open + """
                        console:
                          session: 1h
                          entra:
                            tenant: contoso.com
                            clientId: 11111111-2222-3333-4444-555555555555
                            clientSecret: "${env:SECRET}"
                            redirect: https://gateway.contoso.com
                            groups: [{id: AAAAAAAA-2222-3333-4444-555555555555, role: helpdesk}]
                        """).console();
        assertThat(console.enabled()).isTrue();
        assertThat(console.session()).isEqualTo(Duration.ofHours(1));
        assertThat(console.sessionMost()).isEqualTo(Duration.ofHours(12));
        ConsoleSettings.Entra entra = console.entra().orElseThrow();
        assertThat(entra.authority()).isEqualTo("https://login.microsoftonline.com/contoso.com/");
        assertThat(entra.groups()).isEqualTo(Map.of("aaaaaaaa-2222-3333-4444-555555555555", Role.HELPDESK));
    }

    @Test
    void timesAndSizesAreWrittenWithTheirUnits() throws Exception {
        Settings settings = read(MINIMAL + """
                deferred: {schedule: [500s, 15m, 4h, 2d, PT20M]}
                management: {bind: "", port: 0}
                """);
        assertThat(settings.retry())
                .containsExactly(
                        Duration.ofSeconds(500),
                        Duration.ofMinutes(15),
                        Duration.ofHours(4),
                        Duration.ofDays(2),
                        Duration.ofMinutes(20));
        assertThat(settings.management().bind()).isEmpty();
    }

    @Test
    void aListMayBeSharedByAnAlias() throws Exception {
        String shared = MINIMAL.replace("to: [anna@contoso.com]", "to: &people [anna@contoso.com], cc: *people");
        assertThat(read(shared).folders().get(0).rule().cc()).containsExactly(MailAddress.parse("anna@contoso.com"));
    }

    @Test
    void loopbackHostsMayUseAnyPortAndPlainText() throws Exception {
        String yaml = MINIMAL.replace(
                "{name: direct, option: direct-send, host: contoso-com.mail.protection.outlook.com}",
                "{name: direct, option: direct-send, host: 127.0.0.1, port: 2525, tls: none}");
        assertThat(read(yaml).lanes().get(0).nextHop()).isEqualTo(new NextHop.DirectSend("direct", "127.0.0.1", 2525));
    }

    @Test
    void aByteOrderMarkIsNoFault() throws Exception {
        assertThat(read("\uFEFF" + MINIMAL).name()).isEqualTo("gateway.contoso.com");
    }

    @Test
    void aSecretMayComeFromAFileAndItsLineEndIsNotPartOfIt() throws Exception {
        Files.writeString(folder.resolve("secret"), "from a file\n");
        String yaml = MINIMAL.replace("${env:SECRET}", "${file:secret}");
        assertThat(secret((Login.App) read(yaml).lanes().get(2).login())).isEqualTo("from a file");
    }

    private static String secret(Login.App login) {
        return ((AppProof.Secret) login.proof()).value().reveal();
    }

    private Login login(String proof) throws Exception {
        return read(MINIMAL.replace("clientSecret: ${env:SECRET}", proof))
                .lanes()
                .get(2)
                .login();
    }

    @Test
    void anAppMayProveItselfByAPairOfPemFiles() throws Exception {
        assertThat(((Login.App) login("certificate: {chain: c.pem, key: k.pem}")).proof())
                .isEqualTo(new AppProof.Certificate(
                        new CertificateFiles.Pem(folder.resolve("c.pem"), folder.resolve("k.pem"))));
    }

    @Test
    void anAppMayProveItselfByAPkcs12File() throws Exception {
        Login.App login = (Login.App) login("certificate: {pkcs12: app.pfx, password: \"${env:SECRET}\"}");
        CertificateFiles files = ((AppProof.Certificate) login.proof()).files();
        assertThat(files.files()).containsExactly(folder.resolve("app.pfx"));
        assertThat(((CertificateFiles.Pkcs12) files).password().reveal()).isEqualTo("s3cret");
    }

    @Test
    void anAppMayProveItselfByAFederatedToken() throws Exception {
        assertThat(((Login.App) login("federatedTokenFile: token")).proof())
                .isEqualTo(new AppProof.FederatedToken(folder.resolve("token")));
    }

    @Test
    void aManagedIdentityIsTheMachinesOwnOrNamedByItsClientId() throws Exception {
        String own = MINIMAL.replaceAll("(?m)^ +(tenant|clientId): .*\n", "");
        assertThat(read(own.replace("clientSecret: ${env:SECRET}", "managedIdentity: system"))
                        .lanes()
                        .get(2)
                        .login())
                .isEqualTo(new Login.ManagedIdentity(
                        "scanner@contoso.com", Optional.empty(), "https://outlook.office365.com/.default"));
        String id = "99999999-2222-3333-4444-555555555555";
        assertThat(read(own.replace("clientSecret: ${env:SECRET}", "managedIdentity: " + id))
                        .lanes()
                        .get(2)
                        .login())
                .hasFieldOrPropertyWithValue("clientId", Optional.of(id));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://database/mailchute, 1",
        "jdbc:postgresql://database/mailchute?sslmode=require, 1",
        "jdbc:postgresql://database/mailchute?sslmode=verify-full, 0",
        "jdbc:postgresql://localhost/mailchute, 0",
        "jdbc:postgresql://127.0.0.1:5432/mailchute, 0",
        "jdbc:postgresql://localhost.contoso.com/mailchute, 1",
    })
    void aTraceOnAnotherHostWantsProofOfWhoThatIs(String url, int warnings) throws Exception {
        Path file = Files.writeString(folder.resolve("mailchute.yaml"), MINIMAL + "trace: {url: \"" + url + "\"}\n");
        assertThat(SettingsReader.check(file, Map.of("SECRET", "s3cret")).warnings())
                .filteredOn(warning -> warning.toString().contains("trace.url"))
                .hasSize(warnings);
    }

    @Test
    void nobodyIsToldAnythingUnlessTheSectionIsThere() throws Exception {
        String owned = MINIMAL.replace("{name: scans,", "{name: scans, owner: desk@contoso.com,");
        assertThat(read(owned).notices()).isEqualTo(NoticePlan.OFF);
        assertThat(SettingsReader.check(folder.resolve("mailchute.yaml"), Map.of("SECRET", "s3cret"))
                        .warnings())
                .anySatisfy(warning -> assertThat(warning.toString()).contains("somebody who is told nothing"));

        NoticePlan plan = read(owned + "notices: {from: m@contoso.com, to: it@contoso.com}\n")
                .notices();
        assertThat(plan.delay()).isEqualTo(Duration.ofHours(4));
        assertThat(plan.domains()).containsExactly("contoso.com");
        assertThat(plan.owners())
                .containsExactly(Map.entry(
                        "folder:scans",
                        new NoticePlan.Owner(
                                MailAddress.parse("desk@contoso.com"),
                                Optional.of(MailAddress.parse("scanner@contoso.com")))));
    }
}
