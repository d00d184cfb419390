package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code src/docs/install.md}, followed to the letter: first with all ways in, then with the folder alone, whose rehearsal lasts a minute. */
@Tag("nightly")
@EnabledOnOs(value = OS.LINUX, disabledReason = "mount namespaces")
class InstallPageIT {
    @TempDir
    Path scratch;

    @Test
    void leadsFromNothingToTheFirstScanByEachWay() throws Exception {
        OwnMachine.needs("/usr/bin/curl", "curl");
        OwnMachine.needs("/usr/lib/python3/dist-packages/proton", "python3-qpid-proton");

        String said = OwnMachine.follow("follow-install-page.sh", scratch.toString());

        System.out.println(said.replaceFirst("(?s).*(from nothing to a scan by each way: \\d+ s).*", "$1"));
        assertThat(said.lines())
                .as(said)
                .contains(
                        "Subject: Scan by-folder.txt",
                        "Subject: Scan by-ftp.txt",
                        "Subject: By SMTP",
                        "Subject: By queue",
                        "Subject: By pickup",
                        "Rehearsal over: 5 messages received, see /var/lib/mailchute/rehearsal/received, which the next rehearsal empties");
        assertThat(said)
                .contains(
                        "password rehearsal: drop intake copier: ftp://copier@127.0.0.1:2121",
                        "Rehearsal over: 1 message received",
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
