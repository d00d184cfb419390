package org.mailchute.settings;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mailchute.settings.yaml.Written;

/** What a running gateway takes of other settings: what its mail goes by. All else it is built of, and waits for a restart. */
public final class Reloadable {
    private static final Set<String> SECTIONS =
            Set.of("intake", "ftp-server", "accept", "next-hop", "lanes", "deferred");

    private Reloadable() {}

    /** @param place as {@link Written} has it */
    static boolean is(String place) {
        return SECTIONS.contains(place.replaceFirst("[.\\[].*", ""));
    }

    /** Those that run, with what can be taken of the file's. */
    public static Settings merged(Settings running, Settings file) {
        return new Settings(
                running.home(),
                running.name(),
                running.routesFolder(),
                running.replies(),
                file.intakes(),
                file.drop(),
                file.policy(),
                file.lanes(),
                file.routing(),
                file.retry(),
                running.broker(),
                running.management(),
                running.console(),
                running.trace(),
                running.cluster(),
                running.notices().about(file.notices()),
                running.cloud(),
                running.proxy(),
                merged(running.written(), file.written()));
    }

    private static Written merged(Written running, Written file) {
        return new Written(merged(running.places(), file.places()), merged(running.referred(), file.referred()));
    }

    private static <T> Map<String, T> merged(Map<String, T> running, Map<String, T> file) {
        Map<String, T> merged = new TreeMap<>(running);
        merged.keySet().removeIf(Reloadable::is);
        file.forEach((place, said) -> {
            if (is(place)) {
                merged.put(place, said);
            }
        });
        return merged;
    }
}
