package org.mailchute.door;

/** What a person may do in the console; each role what the one before it may, and more. */
public enum Role {
    /** Search, and look at messages. */
    VIEWER,
    /** Send dead letters again, and drop them. */
    HELPDESK,
    /** Hold and release lanes, run the doctor, see the settings. */
    ADMIN;

    /** Whether who has this role may do what that one may. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
