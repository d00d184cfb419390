package org.mailchute.console;

import java.util.List;
import org.mailchute.door.Role;
import org.mailchute.management.Request;

/**
 * What all pages have in common, for their templates.
 *
 * @param path of the page in the menu that this one belongs to
 * @param gateway its name
 */
public record View(Words words, Visitor visitor, String path, String gateway) {
    /** One entry of the menu. */
    public record Entry(String path, String key, Role needed) {}

    private static final List<Entry> MENU = List.of(
            new Entry("/console", "search", Role.VIEWER),
            new Entry("/console/dead", "dead", Role.HELPDESK),
            new Entry("/console/lanes", "lanes", Role.HELPDESK),
            new Entry("/console/intakes", "intakes", Role.HELPDESK),
            new Entry("/console/doctor", "doctor", Role.ADMIN),
            new Entry("/console/settings", "settings", Role.ADMIN));

    static View of(Request request, Visitor visitor, String gateway) {
        return new View(Words.of(request), visitor, request.path(), gateway);
    }

    /** The same, as part of that page of the menu. */
    View in(String menu) {
        return new View(words, visitor, menu, gateway);
    }

    /** Of what this visitor may see. */
    public List<Entry> menu() {
        return MENU.stream().filter(entry -> may(entry.needed())).toList();
    }

    public boolean may(Role needed) {
        return visitor.role().covers(needed);
    }

    /** {@link Words#say(String, Object...)} */
    public String say(String key, Object... values) {
        return words.say(key, values);
    }
}
