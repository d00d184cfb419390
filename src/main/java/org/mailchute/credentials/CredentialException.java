package org.mailchute.credentials;

/** No proof to be had: what went wrong and what to do, both without a secret. */
public final class CredentialException extends Exception {
    private static final long serialVersionUID = 1;
    private final String remedy;
    private final boolean transientFault;

    /** @param transientFault true when waiting may help (Entra away), false when an administrator must act */
    public CredentialException(String message, String remedy, boolean transientFault, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
        this.transientFault = transientFault;
    }

    public String remedy() {
        return remedy;
    }

    public boolean transientFault() {
        return transientFault;
    }
}
