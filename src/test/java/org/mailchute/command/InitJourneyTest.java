package org.mailchute.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.rehearsal.RehearsedTenant;
import org.mailchute.settings.SettingsReader;
import picocli.CommandLine;

/** From the first question to the first mail. */
class InitJourneyTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int run(String typed, String... arguments) {
        CommandLine command =
                Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        CommandLine init = Objects.requireNonNull(command.getSubcommands().get("init"));
        ((InitCommand) init.getCommandSpec().userObject()).in(new StringReader(typed));
        return command.execute(arguments);
    }

    private String file() {
        return folder.resolve("mailchute.yaml").toString();
    }

    @Test
    void aScanArrivesByTheSettingsThatSevenAnswersMade() throws Exception {
        Path scans = Files.createDirectory(folder.resolve("scans"));
        String typed = "scanner@contoso.com\n\n\nanna@contoso.com\n\n\n\n";
        String home = folder.resolve("home").toString();
        assertThat(run(typed, "init", "--offline", "-c", file(), "--folder", scans.toString(), "--home", home))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains(
                        "nothing was looked up or tried (--offline); answers taken as given",
                        "lane mailbox (submission): reaches everybody",
                        "written: " + folder.resolve("tenant.ps1"),
                        "until mailbox.secret lies beside the settings, check and doctor say so; put the ids that it shows")
                .doesNotContain("check will warn");

        assertThat(run("", "check", "-c", file())).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "lanes[mailbox].login.clientSecret: found \"${file:mailbox.secret}\", expected a file that exists")
                .contains("1 fault in the settings");
        Files.writeString(folder.resolve("mailbox.secret"), "of the tenant");
        out.getBuffer().setLength(0);
        assertThat(run("", "check", "-c", file())).isZero();
        assertThat(out.toString()).doesNotContain("warning");

        Files.writeString(scans.resolve("a.bin"), "scan");
        try (RehearsedTenant tenant = RehearsedTenant.open(
                SettingsReader.withoutSecrets(Path.of(file()), Map.of()), new PrintWriter(new StringWriter()))) {
            await("the scan").until(() -> tenant.received().size() == 1);
            assertThat(tenant.received()).singleElement().satisfies(mail -> {
                assertThat(mail.mailFrom()).isEqualTo("scanner@contoso.com");
                assertThat(mail.recipients()).containsExactly("anna@contoso.com");
                assertThat(mail.option()).isEqualTo("submission");
            });
        }
    }

    @Test
    void answersMayComeFromAFileAndOptionsGoBefore() throws Exception {
        Path answers = Files.writeString(folder.resolve("answers.txt"), """
                # what was agreed
                from: scanner@contoso.com
                intakes: ftp, queue
                to = nobody@contoso.com
                recipients: 20000
                reach: inside
                """);
        assertThat(run(
                        "",
                        "init",
                        "--offline",
                        "--json",
                        "--answers",
                        answers.toString(),
                        "--to",
                        "a@contoso.com",
                        "-c",
                        file()))
                .as(err.toString())
                .isZero();
        JsonNode told = new ObjectMapper().readTree(out.toString());
        assertThat(told.at("/lanes/0/way").asText()).isEqualTo("hve");
        assertThat(told.at("/files")).hasSize(5);
        assertThat(told.at("/wanted/0").asText()).isEqualTo("volume.secret");
        assertThat(told.at("/warnings").toString()).contains("ftp-server.tls", "no rule for *");
        assertThat(Path.of(file())).content().contains("to: [a@contoso.com]").doesNotContain("nobody@");
        assertThat(folder.resolve("copier.password")).content().matches("[a-z2-9]{20}");
    }

    @Test
    void nothingIsOverwrittenAndNobodyIsAskedInVain() throws Exception {
        Files.writeString(folder.resolve("tenant.md"), "ours");
        assertThat(run("scanner@contoso.com\n", "init", "-c", file())).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "mailchute: " + folder.resolve("tenant.md")
                                + " is there already, and nothing was written; --force moves it aside, --config names another place");
        assertThat(Path.of(file())).doesNotExist();
        assertThat(run(
                        "",
                        "init",
                        "--offline",
                        "--defaults",
                        "--force",
                        "-c",
                        file(),
                        "--from",
                        "a@b.org",
                        "--intakes",
                        "smtp"))
                .isZero();
        assertThat(out.toString()).contains("what was there is now: " + folder.resolve("tenant.md.1"));
        assertThat(folder.resolve("tenant.md.1")).hasContent("ours");
    }

    @Test
    void whatIsNoAnswerOrMissingEndsWith2() throws Exception {
        assertThat(run("scanner@contoso.com\n", "init", "-c", file())).isEqualTo(2);
        assertThat(err.toString().lines()).as("one line").hasSize(1);
        err.getBuffer().setLength(0);
        assertThat(run("", "init", "--defaults", "-c", file(), "--from", "a@b.org"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("mailchute: no answer to --to: expected one or more mail addresses");
        err.getBuffer().setLength(0);
        Path answers = Files.writeString(folder.resolve("answers.txt"), "reach: moon\n");
        assertThat(run("", "init", "--answers", answers.toString(), "-c", file()))
                .isEqualTo(2);
        assertThat(err.toString())
                .startsWith("mailchute: " + answers + ": reach: \"moon\" is no answer: expected inside or anybody");
        assertThat(Path.of(file())).doesNotExist();
    }
}
