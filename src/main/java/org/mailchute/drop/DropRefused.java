package org.mailchute.drop;

import java.io.IOException;

/** What a device asked for is not done; it is told why (RFC 959 section 4.2). */
final class DropRefused extends IOException {
    private static final long serialVersionUID = 1;

    static final int NO_SPACE = 452;
    static final int NOT_AVAILABLE = 550;
    static final int OVER_QUOTA = 552;
    static final int NAME_NOT_ALLOWED = 553;

    private final int code;

    /** @param reason in US-ASCII without names that came from the device: it becomes a reply */
    DropRefused(int code, String reason) {
        super(reason);
        this.code = code;
    }

    int code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
