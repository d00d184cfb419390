package org.mailchute.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mailchute.envelope.MailAddress;
import org.mailchute.intake.NamePattern;
import org.mailchute.intake.Who;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** The section {@code who} of an intake: how a scan finds who gets it. */
final class WhoReader {

    private enum Unknown {
        REJECT,
        FIXED
    }

    private static final Kind<Unknown> UNKNOWN = Kinds.oneOf(List.of(Unknown.values()));
    private static final Kind<String> NAME = Kinds.text(
            "the name of a sub-folder or user, without / and \\",
            text -> Kinds.noControls(text) && !text.isBlank() && !text.contains("/") && !text.contains("\\"));
    private static final Kind<NamePattern> PATTERN = new Kind<>(
            "a regular expression (RE2) with the named group user, and no other but device, such as (?P<user>[a-z.]+)_.*\\.pdf",
            NamePattern.parse("(?P<user>.*)"),
            NamePattern::parse);
    private static final Kind<String> ADDRESS =
            new Kind<>("an address with {user} in it, such as {user}@contoso.com", "{user}", Who::address);

    private WhoReader() {}

    static Who read(Section intake, boolean folders) {
        if (!intake.has("who")) {
            return Who.FIXED;
        }
        Section who = intake.section("who");
        if (who.has("address") && !who.has("pattern") && !(folders && intake.has("sidecar"))) {
            who.missing("pattern", "what finds the user in a file's name");
        }
        return new Who(
                folders && who.value("folders", Kinds.FLAG, false),
                folders && who.value("unknownFolder", UNKNOWN, Unknown.REJECT) == Unknown.FIXED,
                table(who),
                who.optional("pattern", PATTERN),
                who.optional("address", ADDRESS));
    }

    private static Map<String, List<MailAddress>> table(Section who) {
        Map<String, List<MailAddress>> table = new HashMap<>();
        for (Section row : who.sections("table")) {
            String name = row.required("name", NAME);
            if (!row.has("to")) {
                row.missing("to", "a list of addresses");
            }
            if (table.put(Who.key(name), row.list("to", Kinds.ADDRESS)) != null) {
                row.fault("name", '"' + name + "\" once more", "each name once; upper and lower case are the same");
            }
        }
        return table;
    }
}
