package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code src/docs/install.md}, followed to the letter. Its rehearsal lasts a minute. */
@Tag("nightly")
@EnabledOnOs(value = OS.LINUX, disabledReason = "mount namespaces")
class InstallPageIT {
    /** What the script ends with where it may not mount. */
    private static final int NOT_HERE = 77;

    @TempDir
    Path scratch;

    @Test
    void leadsFromNothingToTheFirstScan() throws Exception {
        String said = follow();

        assertThat(said)
                .contains(
                        "lane mailbox (submission): ",
                        "written: /etc/mailchute/tenant.ps1",
                        "REHEARSAL: nothing goes to Microsoft 365",
                        "submission from scanner@contoso.com for [office@contoso.com]",
                        "/etc/mailchute/mailchute.yaml: settings are fine: 1 intake, 1 lane",
                        "lane mailbox: submission, smtp.office365.com:587",
                        "Nothing waits at the intakes.",
                        "source=folder:scans from=scanner@contoso.com to=office@contoso.com",
                        "-rw-r----- root mailchute /etc/mailchute/mailbox.secret",
                        "-rw-r----- root mailchute /etc/mailchute/mailchute.yaml")
                .doesNotContain("fault in the settings", "command not found", "cannot be used", "warning: ");
    }

    private String follow() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "no unshare (util-linux) here");
        Process script = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "--propagation",
                        "private",
                        "bash",
                        "src/test/resources/org/mailchute/it/follow-install-page.sh",
                        scratch.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = script.waitFor();
        assumeTrue(exit != NOT_HERE && !said.startsWith("unshare: "), "no right to mount: " + said);
        return said;
    }
}
