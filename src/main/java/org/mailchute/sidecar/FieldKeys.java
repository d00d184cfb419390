package org.mailchute.sidecar;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which key of a sidecar is which field. Upper and lower case are the same.
 *
 * @param keys by field
 * @param strict any other key is a fault: people who write sidecars of our own form want to hear of {@code subjct}; a
 *     device's own form says much that means nothing here
 */
record FieldKeys(Map<SidecarField, String> keys, boolean strict) {
    FieldKeys {
        keys = Map.copyOf(keys);
    }

    /** The fields' own names. */
    static FieldKeys own() {
        Map<SidecarField, String> keys = new EnumMap<>(SidecarField.class);
        Arrays.stream(SidecarField.values()).forEach(field -> keys.put(field, field.label()));
        return new FieldKeys(keys, true);
    }

    Optional<SidecarField> field(String key) {
        String wanted = key.strip().toLowerCase(Locale.ROOT);
        return keys.entrySet().stream()
                .filter(entry -> entry.getValue().toLowerCase(Locale.ROOT).equals(wanted))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Adds the value of a key.
     *
     * @param place of the key, such as {@code "line 3"}
     */
    void put(SidecarText said, String key, String value, String place) throws UnfitSidecar {
        Optional<SidecarField> field = field(key);
        if (field.isPresent()) {
            said.add(field.get(), value, place);
        } else if (strict) {
            throw new UnfitSidecar(
                    place + ": there is no field " + UnfitSidecar.shown(key),
                    "the fields are " + names(List.of(SidecarField.values())));
        }
    }

    private static String names(List<SidecarField> fields) {
        return fields.stream().map(SidecarField::label).collect(Collectors.joining(", "));
    }
}
