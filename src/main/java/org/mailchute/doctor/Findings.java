package org.mailchute.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What the checks of one lane have found so far. For one thread. */
final class Findings {
    private final List<Check> checks = new ArrayList<>();

    void ok(Topic topic, String seen) {
        add(topic, Status.OK, seen, "");
    }

    void info(Topic topic, String seen, String remedy) {
        add(topic, Status.INFO, seen, remedy);
    }

    void warning(Topic topic, String seen, String remedy) {
        add(topic, Status.WARNING, seen, remedy);
    }

    void error(Topic topic, String seen, String remedy) {
        add(topic, Status.ERROR, seen, remedy);
    }

    void add(Topic topic, Status status, String seen, String remedy) {
        checks.add(new Check(topic, status, seen, remedy));
    }

    /** Of these, each that has no result yet was not checked; {@code because} completes the sentence. */
    void notChecked(Collection<Topic> expected, String because) {
        expected.stream()
                .filter(topic -> checks.stream().noneMatch(check -> check.topic() == topic))
                .forEach(topic -> add(topic, Status.NOT_CHECKED, "not checked, because " + because, ""));
    }

    /** In the order of the topics. */
    List<Check> checks() {
        return checks.stream().sorted(Comparator.comparing(Check::topic)).toList();
    }
}
