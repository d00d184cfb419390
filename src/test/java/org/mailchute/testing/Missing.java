package org.mailchute.testing;

import org.junit.jupiter.api.Assumptions;

/** A program of this machine that a test needs and does not find. */
public final class Missing {
    private Missing() {}

    /**
     * The test is told of as not run, or fails where .ci/run says that it must be there.
     *
     * @param what is not there, and how to have it
     */
    public static <T> T program(String what) {
        if (System.getenv("MAILCHUTE_EXAMPLES") != null) {
            throw new AssertionError(what);
        }
        return Assumptions.abort("NOT RUN: " + what);
    }
}
