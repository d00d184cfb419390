package org.mailchute.console;

/** What a person may do in the console. Each may do what those before may. */
public enum Role {
    /** Searches, and reads what became of a message. */
    VIEWER,
    /** Sees lanes, intakes and dead letters; sends these again or throws them away. */
    HELPDESK,
    /** Holds and releases lanes, runs the doctor, sees the settings. */
    ADMIN;

    /** Whether who has this role may do what needs that one. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
