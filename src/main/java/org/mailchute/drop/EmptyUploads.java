package org.mailchute.drop;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names of a device's uploads of nothing: its connection tests, which it looks for, renames, deletes or replaces afterwards. They are
 * remembered as long as the server runs, at most some hundred; nothing of them is on disk.
 */
final class EmptyUploads {
    private static final int MOST = 100;

    private final Set<DropPath> names = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DropPath, Boolean> eldest) {
            return size() > MOST;
        }
    });

    synchronized void add(DropPath path) {
        names.add(path);
    }

    /** @return whether it was there */
    synchronized boolean remove(DropPath path) {
        return names.remove(path);
    }

    synchronized boolean has(DropPath path) {
        return names.contains(path);
    }

    /** Those that lie just in this folder. */
    synchronized List<DropPath> in(DropPath folder) {
        return names.stream().filter(path -> path.parent().equals(folder)).toList();
    }
}
