package org.mailchute.console;

import org.mailchute.door.Role;

/** Puts pages where only those get them who may. */
interface Access {
    /** To look at. */
    void page(String path, Role needed, ConsolePage page);

    /** To be posted to; it changes something. */
    void action(String path, Role needed, ConsolePage page);
}
