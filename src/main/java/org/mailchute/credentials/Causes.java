package org.mailchute.credentials;

import java.util.Objects;
import java.util.stream.Stream;

/** What lies under an exception: itself first, and so on down. */
public final class Causes {
    private Causes() {}

    public static Stream<Throwable> of(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
    }

    public static boolean include(Throwable thrown, Class<? extends Throwable> type) {
        return of(thrown).anyMatch(type::isInstance);
    }

    /** The last. */
    public static Throwable root(Throwable thrown) {
        return of(thrown).reduce((outer, inner) -> inner).orElse(thrown);
    }
}
