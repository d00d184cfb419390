package org.mailchute.polled;

import org.apache.camel.component.file.GenericFileOperationFailedException;

/** A server does not give, or not delete, this one file; the others are not concerned. */
public final class FileRefused extends GenericFileOperationFailedException {
    private static final long serialVersionUID = 1;

    private final String reply;
    private final boolean passing;

    /**
     * @param reply what the server said
     * @param passing whether it may do it soon
     */
    public FileRefused(String reply, boolean passing) {
        super(reply);
        this.reply = reply;
        this.passing = passing;
    }

    public String reply() {
        return reply;
    }

    boolean passing() {
        return passing;
    }
}
