package org.mailchute.polled;

import org.apache.camel.component.file.GenericFileOperationFailedException;

/** What a server sends of this one file is not what it listed, and is not taken; the others are not concerned. */
public final class FileWithheld extends GenericFileOperationFailedException {
    private static final long serialVersionUID = 1;

    private final String lack;

    /** @param lack a sentence about the file */
    FileWithheld(String lack, Throwable cause) {
        super(lack, cause);
        this.lack = lack;
    }

    public String lack() {
        return lack;
    }
}
