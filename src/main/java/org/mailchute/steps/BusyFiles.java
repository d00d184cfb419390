package org.mailchute.steps;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * {@code busy-INTAKE}: the files that Camel has handed on and that are not through yet. Camel's own repository for them keeps each name for
 * good, and once that are 100,000 looks through all of them at each file (Camel 4.18.0, {@code findings/camel-repository-forgets-no-name.sh}).
 */
public final class BusyFiles extends ServiceSupport implements IdempotentRepository {
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    @Override
    public boolean add(String name) {
        return names.add(name);
    }

    @Override
    public boolean contains(String name) {
        return names.contains(name);
    }

    @Override
    public boolean remove(String name) {
        return names.remove(name);
    }

    /** Whoever is through is removed. */
    @Override
    public boolean confirm(String name) {
        return true;
    }

    @Override
    public void clear() {
        names.clear();
    }
}
