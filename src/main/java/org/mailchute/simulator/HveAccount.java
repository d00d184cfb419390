package org.mailchute.simulator;

/**
 * An account of High Volume Email.
 *
 * @param address what it logs in as, and sends as
 * @param password for AUTH LOGIN; empty where only OAuth is allowed
 */
public record HveAccount(String address, String password) {
    @Override
    public String toString() {
        return address;
    }
}
