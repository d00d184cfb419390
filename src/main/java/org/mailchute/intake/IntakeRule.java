package org.mailchute.intake;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.sidecar.Sidecar;
import org.mailchute.spool.Priority;

/**
 * What one intake makes of an input that says nothing itself: a scan in a folder or on an FTP server. For a JMS intake
 * these are the values a mail request may leave out.
 *
 * @param intake the intake's name in the settings
 * @param from From header field
 * @param fromName display name, or empty
 * @param reversePath envelope sender
 * @param to recipients shown in To
 * @param cc recipients shown in Cc
 * @param bcc recipients shown nowhere
 * @param replyTo where answers go
 * @param subject template: {@code ${file}}, {@code ${intake}}, {@code ${date}}, {@code ${size}},
 *     {@code ${user}}, {@code ${device}}, {@code ${pages}}
 * @param text template of the plain text body, same fields
 * @param priority what leaves first when messages wait
 * @param who how an input finds its recipients; those above are the fixed ones
 * @param pages which files are pages of one scan; empty when each is one of its own
 * @param sidecar how a scan's ticket beside it is read; empty when there is none
 */
public record IntakeRule(
        String intake,
        MailAddress from,
        String fromName,
        ReversePath reversePath,
        List<MailAddress> to,
        List<MailAddress> cc,
        List<MailAddress> bcc,
        Optional<MailAddress> replyTo,
        String subject,
        String text,
        Priority priority,
        Who who,
        Optional<PageRule> pages,
        Optional<Sidecar> sidecar) {
    /** What the names of all pages of this file's scan share; empty where it has only one. */
    public String base(Path scan) {
        return pages.map(several -> several.base(scan)).orElse("");
    }

    /** Whether its subject or text shows a field. */
    boolean shows(String field) {
        return Stream.of(subject, text).map(TextTemplate::new).anyMatch(template -> template.names(field));
    }

    public IntakeRule {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
    }
}
