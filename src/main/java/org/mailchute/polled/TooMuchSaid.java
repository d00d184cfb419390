package org.mailchute.polled;

import java.io.IOException;
import java.util.Objects;

/** A server said more than is read. What comes after it is not known, so the connection is of no use any more. */
public final class TooMuchSaid extends IOException {
    private static final long serialVersionUID = 1;

    /** @param what in our words, with what to do */
    TooMuchSaid(String what) {
        super(what);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
