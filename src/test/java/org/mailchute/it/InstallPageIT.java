package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

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
    @TempDir
    Path scratch;

    @Test
    void leadsFromNothingToTheFirstScan() throws Exception {
        String said = OwnMachine.follow("follow-install-page.sh", scratch.toString());

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
}
