package org.mailchute.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.credentials.PasswordHash;
import org.mailchute.settings.Durations;
import picocli.CommandLine;

/** What people see of {@code check}, {@code explain} and of mistakes. */
class CommandLineTest {
    private static final String SETTINGS = """
            gateway: {name: gateway.contoso.com, home: home}
            intake:
              folders:
                - {name: scans, folder: /srv/scans, from: scanner@contoso.com, to: [anna@contoso.com]}
            accept: {senders: ["*@contoso.com"], recipients: ["*@contoso.com", "*@fabrikam.com", "*@nowhere.example"]}
            next-hop:
              - {domain: contoso.com, lane: direct}
              - {domain: fabrikam.com, lane: connector}
              - {domain: lost.example, lane: connector}
            lanes:
              - {name: direct, option: direct-send, host: contoso-com.mail.protection.outlook.com, messageSize: 10MB}
              - {name: connector, option: relay, host: contoso-com.mail.protection.outlook.com}
            """;

    private static final String LISTENING = """
              smtp: [{port: 0, name: printers, tls: none, networks: [10.0.0.0/8]}]
              drop: [{name: copier, password: "${file:%s}", from: scanner@contoso.com, to: [anna@contoso.com]}]
            ftp-server: {port: 0, tls: none}
            management: {port: 0}
            accept:""";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        CommandLine command =
                Main.commandLine(arguments).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    private String settings(String yaml) throws Exception {
        return Files.writeString(folder.resolve("mailchute.yaml"), yaml).toString();
    }

    @Test
    void checkSaysThatSettingsAreFineAndWhatTheyHold() throws Exception {
        String file = settings(SETTINGS);
        assertThat(run("check", "--config", file)).isZero();
        assertThat(out.toString().lines())
                .last()
                .isEqualTo(file + ": settings are fine: 1 intake, 2 lanes, 3 next-hop rules, 18 attempts over 47h51m");
    }

    @Test
    void checkCountsEveryKindOfIntake() throws Exception {
        String file = settings(SETTINGS.replace("accept:", """
                  smtp:
                    - {name: printers, tls: none, networks: [10.0.0.0/8]}
                accept:"""));
        assertThat(run("check", "--config", file)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("settings are fine: 2 intakes, 2 lanes");
    }

    @Test
    void checkWarnsOfArtemisOwnProtocolAtTheBrokersPort() throws Exception {
        String port = """
                broker:
                  accept:
                    protocols: [%s]
                    users: [{name: billing, password: "${file:%s}", maySend: mail.requests}]
                intake:
                  jms: [{name: applications, queue: mail.requests, from: billing@contoso.com}]
                """;
        Path password = Files.writeString(folder.resolve("password"), "kX9");
        String file = settings(SETTINGS.replace("intake:\n", port.formatted("amqp, core", password)));
        run("check", "--config", file);
        assertThat(out.toString()).contains("warning: ").contains("CVE-2026-49362");
        out.getBuffer().setLength(0);
        String alone = settings(SETTINGS.replace("intake:\n", port.formatted("amqp", password)));
        run("check", "--config", alone);
        assertThat(out.toString()).doesNotContain("CVE-");
    }

    @Test
    void checkWarnsOfAWatchedFolderThatIsNotThere() throws Exception {
        Path scans = folder.resolve("scans");
        String file = settings(SETTINGS.replace("/srv/scans", scans.toString()));
        assertThat(run("check", "--config", file)).isZero();
        assertThat(out.toString())
                .contains("warning: " + scans + " is not there, and will be made at the start; look at its path");
        Files.createFile(scans);
        out.getBuffer().setLength(0);
        assertThat(run("check", "--config", file)).isZero();
        assertThat(out.toString()).contains("warning: " + scans + " is a file, not a folder to watch");
        Files.delete(scans);
        Files.createDirectory(scans);
        out.getBuffer().setLength(0);
        assertThat(run("check", "--config", file)).isZero();
        assertThat(out.toString()).doesNotContain("is not there");
    }

    @Test
    void explainSaysWhichArgumentIsNoAddress() throws Exception {
        assertThat(run("explain", "-c", settings(SETTINGS), "anna@contoso.com", "nobody"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("mailchute: \"nobody\" is no mail address");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lanes                   | 1
            dead list               | 1
            devices                 | 0
            login mailbox           | 2
            explain anna@contoso.com | 0
            check                   | 2
            doctor                  | 2""")
    @DisplayName("P9: who logs in nowhere need not see a secret, and who does is told where the service has it from")
    void onlyCommandsThatLogInWantTheSecrets(String command, int exitCode) throws Exception {
        String file = settings(SETTINGS.replace("lanes:\n", """
                lanes:
                  - {name: mailbox, option: submission, login: {user: scanner, password: "${env:NOT_SET}"}}
                  - {name: other, option: submission, login: {user: copier, password: "${file:/not/there}"}}
                """));
        assertThat(run((command + " --config " + file).split(" ", -1))).isEqualTo(exitCode);
        switch (command) {
            case "check", "doctor" ->
                assertThat(err.toString())
                        .contains(
                                "lanes[mailbox].login.password: found \"${env:NOT_SET}\", expected an environment variable that is set",
                                "mailchute: 2 faults in the settings\nmailchute: the systemd unit takes its variables from"
                                        + " /etc/mailchute/mailchute.env; a command has them by: sudo systemd-run ");
            case "lanes", "dead list" ->
                assertThat(err.toString()).startsWith("mailchute: no gateway is running with home ");
            case "login mailbox" ->
                assertThat(err.toString()).startsWith("mailchute: the lane mailbox logs in by itself");
            default -> assertThat(err.toString()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            management           | management: {port:
            SMTP intake printers | smtp: [{port:
            the FTP server       | ftp-server: {port:""")
    void aPortThatIsTakenIsNamedWithItsSettingAndTheRemedy(String server, String key) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Path password = Files.writeString(folder.resolve("password"), "kX9");
            String file = settings(
                    SETTINGS.replace("/srv/scans", folder.resolve("scans").toString())
                            .replace("accept:", LISTENING.formatted(password))
                            .replace(key + " 0", key + " " + port));
            assertThat(run("run", "-c", file)).isEqualTo(1);
            assertThat(err.toString())
                    .isEqualTo(
                            "mailchute: " + server + " cannot listen on 127.0.0.1:" + port
                                    + " (Address already in use): end the program that has it, or set another port or address\n");
        }
    }

    @Test
    void aHomeThatIsAFileIsToldByItsKey() throws Exception {
        String file = settings(SETTINGS.replace("home: home", "home: mailchute.yaml"));
        assertThat(run("run", "-c", file)).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("mailchute: gateway.home: " + file
                        + " cannot be made (it is no folder): make it, owned by this user, or set another home");
    }

    @Test
    void checkWarnsOfWhatWorksButMayNotBeMeant() throws Exception {
        String file = settings(SETTINGS.replace("lane: direct}", "lane: connector}"));
        assertThat(run("check", "--config", file)).isZero();
        assertThat(out.toString())
                .contains("warning: " + file + ":6: next-hop: found no rule for *, expected one, unless")
                .contains("lanes: found the lane direct without a rule, expected a rule in next-hop");
    }

    @Test
    void checkWarnsOfAnIntakeWhoseMailWouldAlwaysBeRefused() throws Exception {
        String file = settings(SETTINGS.replace("to: [anna@contoso.com]", "to: [a@other.example]")
                .replace("from: scanner@contoso.com", "from: scanner@fabrikam.com"));
        assertThat(run("check", "--config", file)).isZero();
        assertThat(out.toString())
                .contains(":4: intake.folders[scans].to: found \"a@other.example\", expected a recipient that a rule")
                .contains(
                        ":4: intake.folders[scans].from: found a rule that would be refused (scanner@fabrikam.com may not");
    }

    @Test
    void checkWarnsOfALaneThatWillBeHeld() throws Exception {
        String file = settings(SETTINGS.replace(
                "{name: connector, option: relay,",
                "{name: connector, option: relay, certificate: {chain: gone.pem, key: gone.key},"));
        assertThat(run("check", "--config", file)).isZero();
        assertThat(out.toString())
                .contains("warning: lane connector will be held: " + folder.resolve("gone.pem") + " cannot be read; ");
    }

    @Test
    void checkTellsEveryFaultOnALineOfItsOwnAndEndsWith2() throws Exception {
        String file = settings("gateway: {name: gateway}\n");
        assertThat(run("check", "--config", file)).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .hasSize(7)
                .contains(file + ":1: gateway.home: found nothing, expected a path")
                .endsWith("mailchute: 6 faults in the settings");
    }

    @Test
    void forAProgramCheckAndExplainSayTheSameAsJsonWithTheSameExitCode() throws Exception {
        String file = settings(SETTINGS);
        assertThat(run("explain", "--json", "-c", file, "a@nowhere.example")).isEqualTo(1);
        assertThat(out.toString())
                .contains("\"lanes\":[],\"lack\":\"none: no rule for nowhere.example; add one under next-hop\"");
        out.getBuffer().setLength(0);
        assertThat(run("check", "--json", "-c", file)).isZero();
        assertThat(out.toString())
                .contains("\"faults\":[],\"warnings\":[\"" + file + ":6: next-hop: found no rule for *");
        out.getBuffer().setLength(0);
        assertThat(run("check", "--json", "-c", settings("gateway: {name: gateway}\n")))
                .isEqualTo(2);
        assertThat(out.toString()).contains("\"line\":1,\"key\":\"gateway.home\",\"value\":\"nothing\"");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void explainNamesOptionLaneAndTheRuleThatDecided() throws Exception {
        assertThat(run("explain", "-c", settings(SETTINGS), "anna@contoso.com", "buyer@fabrikam.com"))
                .isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "from scanner@contoso.com, no attachment",
                        "anna@contoso.com",
                        "  accept  yes",
                        "  lane    direct: direct-send, contoso-com.mail.protection.outlook.com:25",
                        "  why     rule 1: contoso.com -> direct",
                        "buyer@fabrikam.com",
                        "  accept  yes",
                        "  lane    connector: relay, contoso-com.mail.protection.outlook.com:25",
                        "  why     rule 2: fabrikam.com -> connector");
    }

    @Test
    void explainNamesAServiceThatIsNotExchangeOnline() throws Exception {
        String file = settings(SETTINGS.replace(
                "option: relay, host: contoso-com.mail.protection.outlook.com",
                "option: submission, service: acs, login: {user: contoso-smtp, password: \"${env:SECRET}\"}"));
        assertThat(run("explain", "-c", file, "buyer@fabrikam.com")).isZero();
        assertThat(out.toString())
                .contains("lane    connector: submission by Azure Communication Services, smtp.azurecomm.net:587");
    }

    @Test
    void explainEndsWith1WhereAMessageWouldBeRefusedAndSaysWhy() throws Exception {
        String file = settings(SETTINGS);
        assertThat(run("explain", "-c", file, "--from", "x@fabrikam.com", "anna@contoso.com"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("accept  refused: x@fabrikam.com may not send; add it to senders");
        assertThat(run("explain", "-c", file, "a@nowhere.example")).isEqualTo(1);
        assertThat(out.toString()).contains("lane    none: no rule for nowhere.example; add one under next-hop");
        assertThat(run("explain", "-c", file, "a@lost.example")).isEqualTo(1);
        assertThat(out.toString()).contains("accept  refused: nobody may send to a@lost.example");
    }

    @Test
    void explainCountsTheThirdThatBase64Adds() throws Exception {
        String file = settings(SETTINGS);
        assertThat(run("explain", "-c", file, "--size", "7MB", "anna@contoso.com"))
                .isZero();
        assertThat(run("explain", "-c", file, "--size", "8MB", "anna@contoso.com"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("size    too large: the finished message would have 1", "the lane takes 10 MB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chek", "explain", "explain --size 12 a@b.example", "explain ab", "check --confg x"})
    void wrongUsageEndsWith2AFewLinesAndAHintWhereHelpIs(String arguments) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).startsWith("mailchute: ").contains("--help").doesNotContain("Exception");
        assertThat(err.toString().lines().count()).isLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "check", "explain", "run"})
    void everyCommandHasHelpAndAVersion(String command) {
        assertThat(run((command + " --help").strip().split(" ", -1))).isZero();
        assertThat(out.toString()).contains("Exit codes:");
        assertThat(run((command + " --version").strip().split(" ", -1))).isZero();
        assertThat(out.toString()).contains("mailchute (not packaged)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "src/docs/install.md"})
    void everyCommandOfThePagesIsOne(String page) throws Exception {
        List<String> commands = Pattern.compile("(?m)^(?:runuser.* )?mailchute ([a-z][^#\\n]*)")
                .matcher(Files.readString(Path.of(page)))
                .results()
                .map(line -> line.group(1).strip())
                .toList();
        assertThat(commands)
                .hasSizeGreaterThan(4)
                .allSatisfy(command -> Main.commandLine().parseArgs(command.split(" +", -1)));
    }

    @Test
    void theSettingsFileIsThatOfTheOptionElseOfTheEnvironmentElseTheInstalledOne() {
        ConfigOption named = new ConfigOption(Map.of("MAILCHUTE_CONFIG", "/srv/m.yaml"));
        assertThat(named.file()).isEqualTo(Path.of("/srv/m.yaml"));
        assertThat(new ConfigOption(Map.of()).file()).isEqualTo(Path.of("/etc/mailchute/mailchute.yaml"));
        CommandLine.populateCommand(named, "--config", "own.yaml");
        assertThat(named.file()).isEqualTo(Path.of("own.yaml"));
    }

    @Test
    void timesAreShownAsPeopleWriteThem() {
        assertThat(Durations.text(Duration.ofMinutes(2871))).isEqualTo("47h51m");
        assertThat(Durations.text(Duration.ofMillis(90_500))).isEqualTo("1m30s500ms");
        assertThat(Durations.text(Duration.ZERO)).isEqualTo("0s");
    }

    private int password(String typed) {
        CommandLine command =
                Main.commandLine("password").setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        CommandLine password = requireNonNull(command.getSubcommands().get("password"));
        ((PasswordCommand) password.getCommandSpec().userObject()).in(new StringReader(typed));
        return command.execute("password");
    }

    @Test
    void passwordPrintsNothingButAHashAndTakesNoShortOne() {
        assertThat(password("elevenchars\n")).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("12 characters or more").doesNotContain("elevenchars");
        assertThat(password("correct horse battery\nanother line\n")).isZero();
        assertThat(PasswordHash.parse(out.toString().strip()).isOf("correct horse battery"))
                .isTrue();
    }
}
