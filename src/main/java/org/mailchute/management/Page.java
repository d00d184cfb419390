package org.mailchute.management;

/** Gives the answer to a request; on a thread of its own, so it may wait. */
@FunctionalInterface
public interface Page {
    /** @throws Exception is logged, and answered by 500 */
    Response answer(Request request) throws Exception;
}
