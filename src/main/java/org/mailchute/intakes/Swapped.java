package org.mailchute.intakes;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A map by name whose content is exchanged at once, under those who hold it. Whoever goes through it goes through one content. */
public final class Swapped<V> extends AbstractMap<String, V> {
    private volatile Map<String, V> now = Map.of();

    /** @param content in this order */
    public void swap(Map<String, ? extends V> content) {
        now = Collections.unmodifiableMap(new LinkedHashMap<>(content));
    }

    @Override
    public Set<Entry<String, V>> entrySet() {
        return now.entrySet();
    }

    @Override
    public @Nullable V get(Object name) {
        return now.get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return now.containsKey(name);
    }
}
