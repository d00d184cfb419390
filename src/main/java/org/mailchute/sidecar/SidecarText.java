package org.mailchute.sidecar;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a sidecar says, as text, each with its place for the sentence should it be wrong. */
final class SidecarText {
    /** Of one field; far more than any message may have recipients. */
    private static final int MOST_VALUES = 1_000;

    private final Map<SidecarField, List<Value>> values = new EnumMap<>(SidecarField.class);

    record Value(String text, String place) {}

    /** An empty value says nothing. */
    void add(SidecarField field, String text, String place) throws UnfitSidecar {
        if (text.isBlank()) {
            return;
        }
        List<Value> before = values.computeIfAbsent(field, none -> new ArrayList<>());
        if (before.size() >= (field.takesAddresses() ? MOST_VALUES : 1)) {
            throw new UnfitSidecar(
                    place + ": " + field.label() + " is said "
                            + (field.takesAddresses() ? "more than " + MOST_VALUES + " times" : "twice"),
                    "say it once");
        }
        before.add(new Value(text, place));
    }

    List<Value> of(SidecarField field) {
        return values.getOrDefault(field, List.of());
    }
}
