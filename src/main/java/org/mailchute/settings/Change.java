package org.mailchute.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.mailchute.settings.yaml.Written;

/**
 * One place of the settings that is not what runs.
 *
 * @param place an intake or a lane by its name, such as {@code lanes[mailbox]}, or else a section
 * @param keys what differs; none where a secret alone does, and of what was added or removed
 * @param restart whether it is not taken before the next start
 */
public record Change(String place, What what, List<Key> keys, boolean restart) {
    /** Of intakes and lanes; sections are changed only. */
    public enum What {
        ADDED,
        REMOVED,
        CHANGED
    }

    /**
     * One value, as it is written; of a secret that is where it comes from.
     *
     * @param before empty where it was not set
     * @param now empty where it is not set any more
     */
    public record Key(String key, Optional<String> before, Optional<String> now) {}

    /** By place. */
    public static List<Change> between(Written running, Written file) {
        TreeSet<String> places = new TreeSet<>(running.places().keySet());
        places.addAll(file.places().keySet());
        return places.stream()
                .flatMap(place -> at(place, running, file).stream())
                .toList();
    }

    private static Optional<Change> at(String place, Written running, Written file) {
        boolean item = place.endsWith("]");
        if (item && !running.places().containsKey(place)) {
            return Optional.of(new Change(place, What.ADDED, List.of(), !Reloadable.is(place)));
        }
        if (item && !file.places().containsKey(place)) {
            return Optional.of(new Change(place, What.REMOVED, List.of(), !Reloadable.is(place)));
        }
        List<Key> keys = keys(
                running.places().getOrDefault(place, Map.of()), file.places().getOrDefault(place, Map.of()));
        boolean same = keys.isEmpty()
                && Objects.equals(running.referred().get(place), file.referred().get(place));
        return same ? Optional.empty() : Optional.of(new Change(place, What.CHANGED, keys, !Reloadable.is(place)));
    }

    private static List<Key> keys(Map<String, String> before, Map<String, String> now) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        List<Key> keys = new ArrayList<>();
        for (String name : names) {
            if (!Objects.equals(before.get(name), now.get(name))) {
                keys.add(new Key(name, Optional.ofNullable(before.get(name)), Optional.ofNullable(now.get(name))));
            }
        }
        return keys;
    }

    /** For people. */
    public Stream<String> lines() {
        String more = restart ? " (wants a restart)" : "";
        if (what != What.CHANGED) {
            return Stream.of(place + ": " + Kinds.label(what) + (what == What.REMOVED ? goesOn() : "") + more);
        }
        return (keys.isEmpty()
                        ? Stream.of(place + ": another secret")
                        : keys.stream().map(this::line))
                .map(line -> line + more);
    }

    private String goesOn() {
        return place.startsWith("lanes[")
                ? "; what waits there goes over the lanes that the rules name then, or becomes a dead letter where they name none"
                : "";
    }

    private String line(Key key) {
        return place + (key.key().startsWith("[") || key.key().isEmpty() ? "" : ".") + key.key() + ": "
                + key.before().orElse("not set") + " -> " + key.now().orElse("not set");
    }
}
