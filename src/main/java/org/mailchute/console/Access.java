package org.mailchute.console;

import org.mailchute.door.Role;
import org.mailchute.management.Request;

/** Puts pages where only those get them who may. */
interface Access {
    /** To look at. */
    void page(String path, Role needed, ConsolePage page);

    /** To be posted to; it changes something. */
    void action(String path, Role needed, ConsolePage page);

    /** Whether who asked this is signed in still; that it is looked at keeps nobody signed in. */
    boolean isSignedIn(Request request);
}
