package org.mailchute.limits;

import java.time.Instant;
import java.util.Optional;

/** A message must not be begun now; nothing was said to the server. */
public final class NotNow extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final boolean spent;
    private final transient Optional<Instant> until;

    private NotNow(String why, boolean spent, Optional<Instant> until) {
        super(why);
        this.spent = spent;
        this.until = until;
    }

    /** There is no room before this time; another lane may have some. */
    static NotNow spent(String what, Instant until) {
        return new NotNow(what + " is spent", true, Optional.of(until));
    }

    /** @param until empty where it does not matter */
    public static NotNow hindered(String why, Optional<Instant> until) {
        return new NotNow(why, false, until);
    }

    /** In plain words. */
    public String why() {
        return String.valueOf(getMessage());
    }

    /** Whether another lane may take over. */
    public boolean spent() {
        return spent;
    }

    /** Whether a person must act: what is sent cannot be written down. */
    public boolean fault() {
        return !spent && until.isPresent();
    }

    /** When to ask again; empty where it does not matter. */
    public Optional<Instant> until() {
        return until;
    }
}
