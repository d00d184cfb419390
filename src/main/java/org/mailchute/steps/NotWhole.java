package org.mailchute.steps;

import java.io.IOException;

/** What was fetched is not what the server listed. It stays on the server and is fetched again at a later poll. */
final class NotWhole extends IOException {
    private static final long serialVersionUID = 1;

    NotWhole(String message) {
        super(message);
    }
}
