package org.mailchute.watch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which names were spoken of before, as far as can be remembered. Safe between threads. */
public final class FirstTime {
    private static final int MOST_REMEMBERED = 1000;

    private final Set<String> said = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    public synchronized boolean isFor(String name) {
        return said.add(name);
    }
}
