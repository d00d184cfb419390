package org.mailchute.spool;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the spool has of a message can never be sent: its ticket or a payload is missing, or no longer what was kept. */
public final class SpoiltMessage extends IOException {
    private static final long serialVersionUID = 1;

    SpoiltMessage(String what, @Nullable Exception cause) {
        super(what, cause);
    }
}
