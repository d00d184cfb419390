package org.mailchute.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Microsoft's clouds are a closed list, and one setting names one. */
class CloudTest {
    private static final String SETTINGS = """
            gateway: {name: gateway.contoso.com, home: home}
            accept: {senders: ["*@contoso.com"], recipients: ["*"]}
            next-hop: [{domain: "*", lane: mailbox}]
            lanes:
              - {name: mailbox, option: submission, login: {mailbox: a@contoso.com, tenant: contoso.com, clientId: 11111111-2222-3333-4444-555555555555, clientSecret: "${env:SECRET}"}}
            """;

    @TempDir
    Path folder;

    private Settings read(String cloud, String lane, String login) throws Exception {
        String yaml = SETTINGS.replace("home: home", "home: home" + cloud)
                .replace("submission,", "submission," + lane)
                .replace("\"${env:SECRET}\"", "\"${env:SECRET}\"" + login);
        return SettingsReader.read(Files.writeString(folder.resolve("mailchute.yaml"), yaml), Map.of("SECRET", "s"));
    }

    private String fault(String cloud, String lane, String login) {
        return Objects.requireNonNull(catchThrowableOfType(FaultySettings.class, () -> read(cloud, lane, login)))
                .faults()
                .toString();
    }

    @ParameterizedTest
    @CsvSource({
        "worldwide, login.microsoftonline.com, smtp.office365.com, outlook.office365.com, spf.protection.outlook.com",
        "gcc-high, login.microsoftonline.us, smtp.office365.us, outlook.office365.us, spf.protection.office365.us",
        "dod, login.microsoftonline.us, outlook-dod.office365.us, outlook.office365.us, spf.protection.office365.us",
        "china, login.chinacloudapi.cn, smtp.partner.outlook.cn, partner.outlook.cn, spf.protection.partner.outlook.cn"
    })
    void theCloudDecidesAuthorityHostScopeAndSpf(String name, String authority, String host, String scope, String spf)
            throws Exception {
        Settings settings = read(", cloud: " + name, "", "");
        Login.App login = (Login.App) settings.lanes().get(0).login();
        assertThat(login.authority()).isEqualTo("https://" + authority + "/contoso.com/");
        assertThat(login.scope()).isEqualTo("https://" + scope + "/.default");
        assertThat(settings.lanes().get(0).nextHop().host()).isEqualTo(host);
        assertThat(settings.cloud().spfInclude()).isEqualTo(spf);
    }

    @Test
    void withoutTheSettingTheHostTellsTheCloud() throws Exception {
        assertThat(read("", " host: outlook-dod.office365.us,", "").cloud().cloud())
                .isEqualTo(Cloud.DOD);
        assertThat(read("", "", "").cloud().cloud()).isEqualTo(Cloud.WORLDWIDE);
    }

    @Test
    void mxSuffixesAndSpfIncludeMayBeSetOtherwise() throws Exception {
        CloudNames names = read(
                        ", cloud: china, mxSuffixes: [mx.partner.example], spfInclude: spf.partner.example", "", "")
                .cloud();
        assertThat(names.mxSuffixes()).containsExactly("mx.partner.example");
        assertThat(names.spfInclude()).isEqualTo("spf.partner.example");
        assertThat(names.mx("contoso-cn.mx.partner.example")).isTrue();
        assertThat(names.mx("mx.partner.example.evil.example")).isFalse();
        assertThat(fault(", mxSuffixes: [example]", "", "")).contains("gateway.mxSuffixes", "at least two words");
    }

    @Test
    void hostAndScopeMayBeSetOtherwise() throws Exception {
        Settings.Lane lane = read(
                        ", cloud: dod", " host: relay.example,", ", scope: \"https://webmail.apps.mil/.default\"")
                .lanes()
                .get(0);
        assertThat(lane.nextHop().host()).isEqualTo("relay.example");
        assertThat(((Login.App) lane.login()).scope()).isEqualTo("https://webmail.apps.mil/.default");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.microsoftonline.com",
                "https://login.microsoftonline.us.evil.example",
                "https://evil.example",
                "https://127.0.0.1.evil.example",
                "https://login.microsoftonline.us@evil.example"
            })
    void noSecretGoesToAnotherCloudsAuthorityNorToAStrangers(String authority) {
        assertThat(fault(", cloud: gcc-high", "", ", authority: \"" + authority + "\""))
                .contains("login.authority: found ")
                .contains("expected https://login.microsoftonline.us, of the cloud gcc-high");
    }

    @Test
    void chinasAuthorityGoesByTwoNames() throws Exception {
        String other = "https://login.partner.microsoftonline.cn";
        Settings.Lane lane = read(", cloud: china", "", ", authority: \"" + other + "\"")
                .lanes()
                .get(0);
        assertThat(((Login.App) lane.login()).authority()).isEqualTo(other + "/contoso.com/");
    }

    @Test
    void aHostOfAnotherCloudIsAFault() {
        assertThat(fault(", cloud: gcc-high", " host: smtp.office365.com,", ""))
                .contains("found \"smtp.office365.com\", of another cloud, expected a host of the cloud gcc-high");
    }

    @Test
    void aCloudThatDoesNotExistIsAFault() {
        assertThat(fault(", cloud: germany", "", "")).contains("expected one of worldwide, gcc-high, dod, china");
    }
}
