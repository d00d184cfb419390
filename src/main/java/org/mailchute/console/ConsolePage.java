package org.mailchute.console;

import org.mailchute.management.Request;
import org.mailchute.management.Response;

/** Gives a page to somebody who may have it; on a thread of its own, so it may wait. */
@FunctionalInterface
interface ConsolePage {
    /**
     * @throws IllegalArgumentException in words for the visitor, when what is asked cannot be
     * @throws Exception is logged, and answered by 500
     */
    Response answer(Request request, Visitor visitor) throws Exception;
}
