package org.mailchute.smtpserver;

import java.io.IOException;

/** The connection below the lines; it knows how long one waits on it. */
public interface Link {
    /** As {@link java.io.InputStream#read(byte[])}; what does not come in time is an {@link IOException}. */
    int read(byte[] into) throws IOException;

    /** Sends replies, each with its CRLF, in one flight. */
    void write(String replies) throws IOException;

    /** What is read from now on is awaited anew: a command, or more of a message. */
    default void begins() {}

    /** Whether the client may be waiting for replies; they leave then before anything else is read. */
    default boolean quiet() throws IOException {
        return true;
    }
}
