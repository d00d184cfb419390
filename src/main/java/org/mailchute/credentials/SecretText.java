package org.mailchute.credentials;

/** A password, client secret or token. Only {@link #reveal()} gives it away; nothing that prints it does (promise P9). */
public final class SecretText {
    private final String secret;

    public SecretText(String secret) {
        this.secret = secret;
    }

    /** The secret itself, for the one call that must send it. */
    public String reveal() {
        return secret;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
