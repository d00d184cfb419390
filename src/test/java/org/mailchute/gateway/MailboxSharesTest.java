package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.limits.SendingLimits;
import org.mailchute.settings.Settings;
import org.mailchute.settings.SettingsReader;
import org.mailchute.testing.FilesIn;

@DisplayName("P6: Microsoft counts by mailbox, so lanes that log in as the same one share what it may send")
class MailboxSharesTest {
    @TempDir
    Path folder;

    private Settings settings(String... lanes) throws Exception {
        Path file = Files.writeString(folder.resolve("mailchute.yaml"), """
                gateway: {name: gateway.contoso.com, home: home}
                intake: {jms: [{name: applications, queue: mail.requests, from: scanner@contoso.com}]}
                accept: {senders: ["*@contoso.com"], recipients: ["*"]}
                next-hop: [{domain: contoso.com, lane: first}]
                lanes:
                  - %s
                """.formatted(String.join("\n  - ", lanes)));
        return SettingsReader.read(file, Map.of("SECRET", "s3cret"));
    }

    private static String app(String name, String mailbox, String keys) {
        return "{name: %s, option: submission, %s login: {mailbox: %s, tenant: contoso.com, clientId: 11111111-2222-3333-4444-555555555555, clientSecret: \"${env:SECRET}\"}}"
                .formatted(name, keys, mailbox);
    }

    @Test
    @DisplayName(
            "P6: after a takeover from one that fell silent a mailbox begins with one session, a lane without a login with its own")
    void sessionsOfTheOneBeforeMayBeOpenStill() throws Exception {
        Settings settings = settings(
                app("first", "scanner@contoso.com", "sessions: 3,"),
                "{name: mx, option: direct-send, host: contoso-com.mail.protection.outlook.com, sessions: 3}");
        HomeHold alone = HomeHold.alone(settings.home());
        HomeHold taken = new HomeHold(
                alone.lead(), alone.budgets(), true, alone.lost(), alone.watch(), alone.trouble(), alone.cluster());
        MailboxShares shares = new MailboxShares(settings, Surroundings.real(), taken);
        assertThat(shares.of(settings.lanes().get(0)).allowance().pace().sessions())
                .isEqualTo(1);
        assertThat(shares.of(settings.lanes().get(1)).allowance().pace().sessions())
                .isEqualTo(3);
    }

    private static List<MailboxShares.Share> shares(Settings settings) throws Exception {
        MailboxShares shares = new MailboxShares(settings, Surroundings.real(), HomeHold.alone(settings.home()));
        List<MailboxShares.Share> all = new ArrayList<>();
        for (Settings.Lane lane : settings.lanes()) {
            all.add(shares.of(lane));
        }
        return all;
    }

    @Test
    void lanesOfAMailboxChangeTogetherBeforeAndAfterwards() throws Exception {
        String first = app("first", "scanner@contoso.com", "");
        List<Settings.Lane> before = settings(
                        first, app("second", "other@contoso.com", ""), app("third", "alone@contoso.com", ""))
                .lanes();
        List<Settings.Lane> after = settings(
                        first, app("second", "Scanner@contoso.com", ""), app("fourth", "other@contoso.com", ""))
                .lanes();
        assertThat(MailboxShares.withTheirs(Set.of("second"), before, after))
                .containsExactlyInAnyOrder("first", "second", "fourth");
    }

    @Test
    void oneMailboxIsOneHoweverItIsWrittenAndWhicheverWayItLogsInAndTheLowestFiguresHold() throws Exception {
        List<MailboxShares.Share> shares = shares(settings(
                app("first", "scanner@contoso.com", "messagesPerMinute: 20, recipientsPerMessage: 50,"),
                "{name: second, option: submission, sessions: 1, recipientsPerDay: 0, login: {user: Scanner@Contoso.com, password: \"${env:SECRET}\"}}",
                app("third", "other@contoso.com", "")));

        assertThat(shares.get(0).allowance())
                .isSameAs(shares.get(1).allowance())
                .isNotSameAs(shares.get(2).allowance());
        assertThat(shares.get(0).seats())
                .isSameAs(shares.get(1).seats())
                .isNotSameAs(shares.get(2).seats());
        assertThat(shares)
                .extracting(MailboxShares.Share::limits)
                .containsExactly(
                        new SendingLimits(1, 20, 0, 10_000, 50, 35L << 20),
                        new SendingLimits(1, 20, 0, 10_000, 500, 35L << 20),
                        new SendingLimits(2, 30, 0, 10_000, 500, 35L << 20));
    }

    @Test
    void anAccountOfAnotherServiceIsAnotherWhateverItsName() throws Exception {
        List<MailboxShares.Share> shares = shares(
                settings(
                        app("first", "scanner@contoso.com", ""),
                        "{name: second, option: submission, service: acs, login: {user: scanner@contoso.com, password: \"${env:SECRET}\"}}"));

        assertThat(shares.get(0).allowance()).isNotSameAs(shares.get(1).allowance());
    }

    @Test
    void submissionAndGraphAsOneMailboxAreOne() throws Exception {
        List<MailboxShares.Share> shares = shares(settings(
                app("first", "scanner@contoso.com", "sessions: 3,"),
                app("second", "scanner@contoso.com", "sessions: 4, messagesPerMinute: 20,")
                        .replace("submission", "graph")));

        assertThat(shares.get(0).allowance()).isSameAs(shares.get(1).allowance());
        assertThat(shares.get(0).seats()).isSameAs(shares.get(1).seats());
        assertThat(shares.get(1).limits()).isEqualTo(new SendingLimits(3, 20, 0, 10_000, 500, 35L << 20));
    }

    @Test
    void aLaneWithoutALoginSharesNothing() throws Exception {
        List<MailboxShares.Share> shares = shares(settings(
                "{name: first, option: direct-send, host: contoso-com.mail.protection.outlook.com}",
                "{name: second, option: direct-send, host: contoso-com.mail.protection.outlook.com}"));

        assertThat(shares.get(0).allowance()).isNotSameAs(shares.get(1).allowance());
        assertThat(folder.resolve("home/budget")).as("no limits, no files").doesNotExist();
    }

    @Test
    void whateverAUserIsCalledItsFilesLieInTheBudgetFolder() throws Exception {
        String odd = "../Contoso.1111|APP/ü:*?" + "x".repeat(200);
        shares(settings(
                "{name: first, option: submission, messagesPerHour: 100, login: {user: \"%s\", password: \"${env:SECRET}\"}}"
                        .formatted(odd)));

        assertThat(FilesIn.folder(folder.resolve("home/budget")))
                .extracting(file -> file.getFileName().toString())
                .hasSize(3)
                .allSatisfy(name -> assertThat(name)
                        .startsWith("mailbox-..%2fcontoso.1111%7capp%2f%c3%bc%3a%2a%3fxxx")
                        .matches("[a-z0-9.@_%-]{1,180}\\.(day|hour|minute)"));
    }
}
