package org.mailchute.polled;

import org.apache.camel.component.file.GenericFileOperationFailedException;

/** A server cannot be polled now. Its message is for people: what the server said, and what to do. */
public final class ServerTrouble extends GenericFileOperationFailedException {
    private static final long serialVersionUID = 1;

    public ServerTrouble(String message) {
        super(message);
    }

    public ServerTrouble(String message, Throwable cause) {
        super(message, cause);
    }
}
