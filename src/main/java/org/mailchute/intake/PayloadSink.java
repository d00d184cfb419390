package org.mailchute.intake;

import java.io.IOException;
import java.io.OutputStream;

/** Where the content of a request's attachments is streamed to. */
@FunctionalInterface
public interface PayloadSink {
    /** @param number of the attachment, from 0 */
    OutputStream open(int number) throws IOException;
}
