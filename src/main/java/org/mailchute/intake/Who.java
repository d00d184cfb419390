package org.mailchute.intake;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mailchute.envelope.MailAddress;
import org.mailchute.sidecar.SidecarTicket;

/**
 * How a scan finds who gets it: by the ticket beside it, by the sub-folder it lies in, then by its name, then the intake's
 * fixed recipients. What is found replaces {@code to}; {@code cc} and {@code bcc} of the settings stay, and the accept policy
 * judges all of them.
 *
 * @param folders a sub-folder, the first below the intake's, is an address or in the table
 * @param unknownFixed a sub-folder that is neither leads to the fixed recipients; else the scan is refused
 * @param table names of sub-folders and users, as {@link #key} makes them
 * @param pattern what a file's name tells
 * @param address template with {@code {user}} for a user who is not in the table
 */
public record Who(
        boolean folders,
        boolean unknownFixed,
        Map<String, List<MailAddress>> table,
        Optional<NamePattern> pattern,
        Optional<String> address) {
    /** The fixed recipients, always. */
    public static final Who FIXED = new Who(false, false, Map.of(), Optional.empty(), Optional.empty());

    private static final String USER = "{user}";

    public Who {
        table = Map.copyOf(table);
    }

    /** People mix up upper and lower case, and systems differ in how they write an umlaut. */
    public static String key(String name) {
        return Normalizer.normalize(name.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when no address can come of the template */
    public static String address(String template) {
        if (!template.contains(USER)) {
            throw new IllegalArgumentException("there is no {user} in it");
        }
        if (!template.equals(USER)) {
            MailAddress.parse(template.replace(USER, "a"));
        }
        return template;
    }

    /**
     * @param said by the scan's sidecar: recipients, or the user whom the table or the template knows
     * @param subfolder the first folder below the intake's own; empty when the file lies in that
     * @param name the file's
     * @param fixed the intake's recipients
     * @throws Refused when the sub-folder or what the name tells is nobody we know
     */
    public Addressees find(Optional<SidecarTicket> said, String subfolder, String name, List<MailAddress> fixed)
            throws Refused {
        if (pattern.isPresent() && !Shown.line(name).equals(name)) {
            throw new Refused(
                    "the name \"" + Shown.line(name) + "\" has a control character, so it makes no mail address",
                    "save it under another name");
        }
        Map<String, String> ofName = pattern.flatMap(known -> known.read(name)).orElse(Map.of());
        Map<String, String> fields = new HashMap<>(ofName);
        said.ifPresent(ticket -> fields.putAll(ticket.fields()));
        if (said.isPresent() && !said.get().to().isEmpty()) {
            return new Addressees(said.get().to(), "the sidecar", fields);
        }
        String scannedBy =
                said.map(ticket -> ticket.fields().getOrDefault("user", "")).orElse("");
        Optional<List<MailAddress>> bySidecar =
                scannedBy.isEmpty() ? Optional.empty() : ofUser(scannedBy, "the sidecar");
        if (bySidecar.isPresent()) {
            return new Addressees(bySidecar.get(), "the sidecar, user \"" + Shown.line(scannedBy) + "\"", fields);
        }
        if (folders && !subfolder.isEmpty()) {
            Optional<List<MailAddress>> found = ofFolder(subfolder);
            if (found.isPresent()) {
                return new Addressees(found.get(), "sub-folder \"" + Shown.line(subfolder) + "\"", fields);
            }
            if (!unknownFixed) {
                throw new Refused(
                        "nobody is known for the sub-folder \"" + subfolder + "\"",
                        "add it to the table under who, name it as an address, or save to another folder");
            }
        }
        String user = ofName.getOrDefault("user", "");
        Optional<List<MailAddress>> byName =
                user.isEmpty() ? Optional.empty() : ofUser(user, "the name \"" + name + "\"");
        return byName.map(to -> new Addressees(to, "file name, user \"" + Shown.line(user) + "\"", fields))
                .orElseGet(() -> new Addressees(fixed, "the intake's settings", fields));
    }

    private Optional<List<MailAddress>> ofFolder(String subfolder) {
        List<MailAddress> listed = table.get(key(subfolder));
        if (listed != null) {
            return Optional.of(listed);
        }
        try {
            return Optional.of(List.of(MailAddress.parse(subfolder)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<List<MailAddress>> ofUser(String user, String where) throws Refused {
        List<MailAddress> listed = table.get(key(user));
        if (listed != null || address.isEmpty()) {
            return Optional.ofNullable(listed);
        }
        try {
            return Optional.of(List.of(MailAddress.parse(address.get().replace(USER, user))));
        } catch (IllegalArgumentException e) {
            throw new Refused(
                    "the user \"" + user + "\" in " + where + " makes no mail address",
                    "correct it, or add the user to the table under who");
        }
    }
}
