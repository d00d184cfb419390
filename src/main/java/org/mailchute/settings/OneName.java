package org.mailchute.settings;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.mailchute.settings.yaml.Section;

/** Names become routes, queues and folders, so each may stand once. */
final class OneName {
    private OneName() {}

    static void each(Stream<Section> sections) {
        Set<String> seen = new HashSet<>();
        sections.forEach(section -> once(section, seen));
    }

    private static void once(Section section, Set<String> seen) {
        // An item without a name, or with a wrong one, has had its fault already.
        section.peek("name")
                .filter(name -> !seen.add(name))
                .ifPresent(name -> section.fault("name", '"' + name + "\" a second time", "a name of its own"));
    }
}
