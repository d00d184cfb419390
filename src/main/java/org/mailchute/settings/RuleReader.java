package org.mailchute.settings;

import java.util.List;
import java.util.Optional;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.intake.IntakeRule;
import org.mailchute.intake.PageRule;
import org.mailchute.intake.TextTemplate;
import org.mailchute.intake.Who;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;
import org.mailchute.sidecar.Sidecar;
import org.mailchute.spool.Priority;

/** The keys of an intake that say what mail comes of its input. */
final class RuleReader {
    private static final String EXPECTED =
            "a text in which ${...} is one of ${file}, ${intake}, ${date}, ${size}, ${user}, ${device}, ${pages}";
    private static final int LONGEST_SUBJECT = 500;
    private static final int LONGEST_TEXT = 20_000;

    private static final Kind<String> SUBJECT =
            Kinds.text(EXPECTED + ", on one line", text -> Kinds.noControls(text) && template(text, LONGEST_SUBJECT));
    private static final Kind<String> TEXT = Kinds.text(EXPECTED, text -> template(text, LONGEST_TEXT));

    private static final Kind<Priority> PRIORITY = Kinds.oneOf(List.of(Priority.values()));

    private RuleReader() {}

    /** A scan says nothing itself, so the settings must. Somebody waits for it. */
    static IntakeRule ofScan(Section intake, String name) {
        return ofScan(intake, name, true);
    }

    /** @param folders it may lie in a sub-folder that means something */
    static IntakeRule ofScan(Section intake, String name, boolean folders) {
        IntakeRule rule = read(
                intake,
                name,
                WhoReader.read(intake, folders),
                folders ? PageReader.read(intake) : Optional.empty(),
                folders ? SidecarReader.read(intake) : Optional.empty(),
                "Scan ${file}",
                "Attached: ${file} (${size}), scanned ${date}.\n",
                Priority.HIGH);
        if (!intake.has("who")
                && !(folders && intake.has("sidecar"))
                && !intake.has("to")
                && !intake.has("cc")
                && !intake.has("bcc")) {
            intake.warning("to", "no recipient", "to, cc or bcc, unless every file brings its own recipients");
        }
        return rule;
    }

    /** What a mail request may leave out. */
    static IntakeRule ofRequest(Section intake, String name) {
        return read(
                intake,
                name,
                Who.FIXED,
                Optional.empty(),
                Optional.empty(),
                "Message from ${intake}",
                "",
                Priority.NORMAL);
    }

    private static IntakeRule read(
            Section intake,
            String name,
            Who who,
            Optional<PageRule> pages,
            Optional<Sidecar> sidecar,
            String subject,
            String text,
            Priority priority) {
        MailAddress from = intake.required("from", Kinds.ADDRESS);
        return new IntakeRule(
                name,
                from,
                intake.value("fromName", Kinds.LINE, ""),
                intake.value("reversePath", Kinds.REVERSE_PATH, ReversePath.parse(from.toString())),
                addresses(intake, "to"),
                addresses(intake, "cc"),
                addresses(intake, "bcc"),
                intake.optional("replyTo", Kinds.ADDRESS),
                intake.value("subject", SUBJECT, subject),
                intake.value("text", TEXT, text),
                intake.value("priority", PRIORITY, priority),
                who,
                pages,
                sidecar);
    }

    private static List<MailAddress> addresses(Section intake, String key) {
        return intake.list(key, Kinds.ADDRESS);
    }

    private static boolean template(String text, int longest) {
        return TextTemplate.parse(text).template().length() <= longest;
    }
}
