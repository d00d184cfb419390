package org.mailchute.settings.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which keys a section may have, and the shapes of the sections below them. The one list of known keys. */
public final class Shape {
    private static final Shape VALUE = new Shape(Map.of());

    private final Map<String, Shape> keys;

    private Shape(Map<String, Shape> keys) {
        this.keys = Collections.unmodifiableMap(keys);
    }

    /** A section with these single values or lists of single values. */
    public static Shape of(String... keys) {
        Map<String, Shape> shape = new LinkedHashMap<>();
        for (String key : keys) {
            shape.put(key, VALUE);
        }
        return new Shape(shape);
    }

    /** The same with one more key, that holds a section or a list of sections. */
    public Shape with(String key, Shape section) {
        Map<String, Shape> shape = new LinkedHashMap<>(keys);
        shape.put(key, section);
        return new Shape(shape);
    }

    /** The same with further single values. */
    public Shape and(String... further) {
        Map<String, Shape> shape = new LinkedHashMap<>(keys);
        shape.putAll(of(further).keys);
        return new Shape(shape);
    }

    Set<String> keys() {
        return keys.keySet();
    }

    @Nullable
    Shape below(String key) {
        return keys.get(key);
    }

    /** Every key from the top, list positions left out: {@code lanes.login.mailbox}. */
    public List<String> paths() {
        List<String> paths = new ArrayList<>();
        collect("", paths);
        return paths;
    }

    private void collect(String prefix, List<String> paths) {
        keys.forEach((key, shape) -> {
            paths.add(prefix + key);
            shape.collect(prefix + key + ".", paths);
        });
    }
}
