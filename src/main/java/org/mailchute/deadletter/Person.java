package org.mailchute.deadletter;

/**
 * Who decided, as the command says: the user of its machine. Who may ask the gateway at all has its token, so it is not proven further.
 *
 * @param name of 1 to 64 characters that are safe in a log line; {@code hand} for nobody known
 */
public record Person(String name) {
    private static final int MOST = 64;

    public Person {
        String safe = name.replaceAll("[^A-Za-z0-9._@\\\\-]", "?");
        name = safe.isEmpty() ? "hand" : safe.substring(0, Math.min(MOST, safe.length()));
    }

    @Override
    public String toString() {
        return name;
    }
}
