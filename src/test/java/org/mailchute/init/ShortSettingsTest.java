package org.mailchute.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailchute.credentials.AppProof;
import org.mailchute.credentials.HttpsProxy;
import org.mailchute.credentials.SecretText;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.nexthop.Rule;
import org.mailchute.nexthop.SenderPolicy;
import org.mailchute.settings.Login;
import org.mailchute.settings.Settings;
import org.mailchute.settings.SettingsReader;
import org.mailchute.settings.yaml.Fault;

/** What is written is what the real reader reads. */
class ShortSettingsTest {
    @TempDir
    Path folder;

    /** With the files that the tenant and {@code init} give. */
    private SettingsReader.Checked read(Seen seen, String... lines) throws Exception {
        Answered answers = Given.answers(lines);
        ShortSettings text = new ShortSettings(answers, seen, Proposal.of(answers, seen));
        for (String file : Stream.concat(text.wanted(), text.passwords()).toList()) {
            Files.writeString(folder.resolve(file), "s3cret\n");
        }
        Path file = Files.writeString(folder.resolve("mailchute.yaml"), text.text());
        return SettingsReader.check(file, Map.of());
    }

    static Stream<Arguments> combinations() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of("inside", "anybody")
                        .flatMap(reach -> Stream.of("203.0.113.7", "gateway.contoso.com", "none")
                                .map(knownBy -> Arguments.of(way, reach, knownBy))));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void everyWayIsReadWithoutAFaultAndWithNoWarningButThatOthersAreRefused(Way way, String reach, String knownBy)
            throws Exception {
        SettingsReader.Checked checked = read(
                Given.open(587, 25, 443),
                "lanes: " + way.label(),
                "reach: " + reach,
                "known-by: " + knownBy,
                "intakes: folder, smtp, queue, pickup");

        assertThat(checked.settings().lanes()).singleElement().satisfies(lane -> {
            assertThat(lane.name()).isEqualTo(way.lane());
            assertThat(lane.nextHop().option().label()).isIn(way.label(), "submission");
        });
        assertThat(checked.warnings())
                .extracting(Fault::key, Fault::value)
                .isEqualTo(
                        way.inside()
                                ? List.of(org.assertj.core.groups.Tuple.tuple("next-hop", "no rule for *"))
                                : List.of());
    }

    @Test
    void theUsualFileIsShort() throws Exception {
        Settings settings = read(Given.open(587)).settings();
        assertThat(Files.readAllLines(folder.resolve("mailchute.yaml"))).hasSizeLessThan(35);
        assertThat(settings.folders())
                .singleElement()
                .satisfies(intake -> assertThat(intake.rule().to()).hasToString("[office@contoso.com]"));
        assertThat(settings.policy().senders())
                .extracting(AddressPattern::pattern)
                .containsExactly("scanner@contoso.com");
        assertThat(settings.lanes().get(0).login()).isInstanceOfSatisfying(Login.App.class, app -> {
            assertThat(app.clientId()).isEqualTo(AnswerWords.NO_ID);
            assertThat(app.proof()).isInstanceOf(AppProof.Secret.class);
        });
    }

    @Test
    void lanesThatReachOnlyInsideCarryOnlyThatAndTheRestGoesByTheOthers() throws Exception {
        Settings settings =
                read(Given.open(587, 25), "lanes: hve,submission,direct-send").settings();
        assertThat(settings.routing())
                .extracting(Rule::pattern, Rule::lanes)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("contoso.com", List.of("volume", "mailbox", "direct")),
                        org.assertj.core.groups.Tuple.tuple("*", List.of("mailbox")));
    }

    @Test
    void whoGetsScansIsInsideWhereNobodyElseMay() throws Exception {
        SettingsReader.Checked checked = read(Given.open(587), "reach: inside", "to: a@contoso.com, b@contoso.de");
        assertThat(checked.warnings()).isEmpty();
        assertThat(checked.settings().policy().recipients())
                .extracting(AddressPattern::pattern)
                .containsExactly("*@contoso.com", "*@contoso.de");
    }

    @Test
    void whereSendersAreNotToldTheMailboxStandsInForThemAndWhereTheyAreItSendsAsThey() throws Exception {
        assertThat(read(Given.open(587), "intakes: smtp")
                        .settings()
                        .lanes()
                        .get(0)
                        .sender()
                        .kind())
                .isEqualTo(SenderPolicy.Kind.REWRITE);
        Settings told = read(Given.open(587), "intakes: smtp", "send-as: ceo@contoso.com")
                .settings();
        assertThat(told.lanes().get(0).sender().kind()).isEqualTo(SenderPolicy.Kind.SEND_AS);
        assertThat(told.policy().senders())
                .extracting(AddressPattern::pattern)
                .containsExactly("scanner@contoso.com", "ceo@contoso.com");
    }

    @Test
    void anAddressThatIsKnownIsWatchedAndACertificateLiesBesideTheSettings() throws Exception {
        assertThat(read(Given.open(25), "known-by: 203.0.113.7")
                        .settings()
                        .lanes()
                        .get(0)
                        .egress())
                .containsExactly("203.0.113.7");
        assertThat(read(Given.open(25), "known-by: gateway.contoso.com")
                        .settings()
                        .lanes()
                        .get(0)
                        .login())
                .isInstanceOf(Login.ClientCertificate.class);
    }

    @Test
    void theHostIsLookedUpByTheDomainUnlessItsMailGoesElsewhereFirst() throws Exception {
        assertThat(read(Given.open(25), "known-by: 203.0.113.7")
                        .settings()
                        .lanes()
                        .get(0)
                        .mx())
                .isTrue();
        assertThat(read(Given.seen("mx.filter.example", 25), "known-by: 203.0.113.7")
                        .settings()
                        .lanes()
                        .get(0)
                        .nextHop()
                        .host())
                .isEqualTo("contoso-com.mail.protection.outlook.com");
    }

    @Test
    void aProxyOfThisTerminalIsTheGatewaysToo() throws Exception {
        Seen open = Given.open(587, 443);
        HttpsProxy proxy = new HttpsProxy(
                "proxy.contoso.com",
                8080,
                Optional.of(new HttpsProxy.Login("m: x", new SecretText("not written"))),
                List.of("localhost", "127.0.0.1", "contoso.com"));
        Settings settings = read(new Seen(open.domain(), open.cloud(), open.mail(), open.ports(), Optional.of(proxy)))
                .settings();
        assertThat(settings.proxy()).hasValueSatisfying(read -> {
            assertThat(read).hasToString("proxy.contoso.com:8080");
            assertThat(read.login().orElseThrow().user()).isEqualTo("m: x");
            assertThat(read.except()).containsExactly("contoso.com");
        });
        assertThat(folder.resolve("mailchute.yaml")).content().doesNotContain("not written");
    }

    @Test
    void ftpWithoutTlsIsWarnedOf() throws Exception {
        SettingsReader.Checked checked = read(Given.open(587), "intakes: ftp");
        assertThat(checked.warnings()).extracting(Fault::key).containsExactly("ftp-server.tls");
        assertThat(checked.settings().drop().devices()).hasSize(1);
    }

    @Test
    void textsAreReadAsTheyWereWritten() throws Exception {
        Settings settings = read(
                        Given.open(587),
                        "from: o'brien+#{scan}@contoso.com",
                        "folder: /srv/O'Brien's \"scans\" \\ #1: a",
                        "home: true",
                        "cloud: gcc-high")
                .settings();
        assertThat(settings.folders().get(0).rule().from()).hasToString("o'brien+#{scan}@contoso.com");
        assertThat(settings.folders().get(0).folder()).hasToString("/srv/O'Brien's \"scans\" \\ #1: a");
        assertThat(settings.home()).isEqualTo(folder.resolve("true"));
    }
}
