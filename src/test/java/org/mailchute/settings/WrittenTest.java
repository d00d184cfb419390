package org.mailchute.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.settings.yaml.Written;

/** By what settings are known again, and compared. */
class WrittenTest {
    private static final String SETTINGS = """
            gateway: {name: gateway.contoso.com, home: home}
            intake:
              folders:
                - {name: scans, folder: /srv/scans, from: scanner@contoso.com, to: [anna@contoso.com, ben@contoso.com]}
              jms:
                - {name: requests, queue: mail, from: app@contoso.com}
            accept: {senders: ["*@contoso.com"], recipients: ["*"]}
            next-hop:
              - {domain: contoso.com, lane: mailbox}
              - {domain: "*", lane: [mailbox, spare]}
            lanes:
              - name: mailbox
                option: submission
                login: {mailbox: scanner@contoso.com, tenant: contoso.com, clientId: 11111111-2222-3333-4444-555555555555, clientSecret: "${env:SECRET}"}
              - {name: spare, option: relay, host: contoso-com.mail.protection.outlook.com, messagesPerMinute: 10}
            """;

    @TempDir
    Path folder;

    private Written written(String yaml, String secret) throws Exception {
        Path file = Files.writeString(folder.resolve("mailchute.yaml"), yaml);
        return SettingsReader.read(file, Map.of("SECRET", secret)).written();
    }

    @Test
    void eachIntakeAndEachLaneIsAPlaceAndEachSectionElse() throws Exception {
        Map<String, Map<String, String>> places = written(SETTINGS, "a").places();
        assertThat(places.keySet())
                .containsExactly(
                        "accept",
                        "gateway",
                        "intake.folders[scans]",
                        "intake.jms[requests]",
                        "lanes[mailbox]",
                        "lanes[spare]",
                        "next-hop");
        assertThat(places.get("intake.folders[scans]")).containsEntry("to", "[anna@contoso.com, ben@contoso.com]");
        assertThat(places.get("lanes[mailbox]")).containsEntry("login.clientSecret", "${env:SECRET}");
        assertThat(places.get("next-hop")).containsEntry("[2]", "{domain: *, lane: [mailbox, spare]}");
    }

    @Test
    void commentsFormAndOrderOfKeysAreNoOtherSettingsAndAValueIs() throws Exception {
        String hash = written(SETTINGS, "a").hash();
        String same =
                SETTINGS.replace("name: gateway.contoso.com, home: home", "home: 'home', name: gateway.contoso.com")
                        + "# the end\n";
        assertThat(written(same, "a").hash()).isEqualTo(hash).matches("[0-9a-f]{12}");
        assertThat(written(SETTINGS.replace("messagesPerMinute: 10", "messagesPerMinute: 11"), "a")
                        .hash())
                .isNotEqualTo(hash);
    }

    @Test
    void whoAsksTheGatewayNeedsItsHomeOnlyAndTheSameHash() throws Exception {
        String faulty = SETTINGS.replace("messagesPerMinute: 10", "messagesPerMinute: ten");
        Path file = folder.resolve("mailchute.yaml");

        String hash = written(SETTINGS, "a").hash();
        assertThat(SettingsReader.place(file, Map.of())).isEqualTo(new GatewayPlace(folder.resolve("home"), hash));
        GatewayPlace place = SettingsReader.place(Files.writeString(file, faulty), Map.of());
        assertThat(place.home()).isEqualTo(folder.resolve("home"));
        assertThat(place.hash()).isNotEqualTo(hash);

        Files.writeString(file, faulty.replace("home: home", "homes: home"));
        assertThatThrownBy(() -> SettingsReader.place(file, Map.of()))
                .isInstanceOf(FaultySettings.class)
                .hasMessageContaining("gateway.home: found nothing, expected a path")
                .hasMessageNotContaining("messagesPerMinute");
    }

    @Test
    void whatDiffersIsToldByPlaceAndKeyAsItIsWritten() throws Exception {
        String other = SETTINGS.replace("messagesPerMinute: 10", "sessions: 2")
                .replace("mailbox, spare]", "mailbox]")
                .replace("name: requests", "name: letters")
                .replace("accept: {", "accept: {maxRecipients: 50, ");
        assertThat(Change.between(written(SETTINGS, "a"), written(other, "b")).stream()
                        .flatMap(Change::lines))
                .containsExactly(
                        "accept.maxRecipients: not set -> 50",
                        "intake.jms[letters]: added",
                        "intake.jms[requests]: removed",
                        "lanes[mailbox]: another secret",
                        "lanes[spare].messagesPerMinute: 10 -> not set",
                        "lanes[spare].sessions: not set -> 2",
                        "next-hop[2]: {domain: *, lane: [mailbox, spare]} -> {domain: *, lane: [mailbox]}");
        assertThat(Change.between(written(SETTINGS, "a"), written(SETTINGS, "a")))
                .isEmpty();
    }

    @Test
    void aSecretIsNotInTheHashAndNowhereToBeReadAndThatItIsAnotherIsKnown() throws Exception {
        Written one = written(SETTINGS, "hunter2");
        Written other = written(SETTINGS, "hunter3");
        assertThat(one.hash()).isEqualTo(other.hash());
        assertThat(one.toString()).doesNotContain("hunter");
        assertThat(one.referred().keySet()).containsExactly("lanes[mailbox]");
        assertThat(one.referred()).isNotEqualTo(other.referred());
        assertThat(SettingsReader.withoutSecrets(folder.resolve("mailchute.yaml"), Map.of())
                        .written())
                .isEqualTo(one.shown());
    }
}
