package org.mailchute.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Where the content of a request's attachments is streamed to. */
@FunctionalInterface
public interface PayloadSink {
    /** @param number of the attachment, from 0 */
    OutputStream open(int number) throws IOException;

    /** What came beside the request, for the attachment whose {@code body} is true; empty when nothing did. */
    default Optional<InputStream> body() throws IOException {
        return Optional.empty();
    }
}
