package org.mailchute.simulator;

import java.util.ArrayList;
import java.util.List;

/** What one session has said so far. */
final class SessionState {
    final int number;
    String tls = "";
    String user = "";
    String certificate = "";
    List<String> certificateNames = List.of();
    String from = "";
    boolean mail;
    final List<String> recipients = new ArrayList<>();

    SessionState(int number) {
        this.number = number;
    }

    void reset() {
        from = "";
        mail = false;
        recipients.clear();
    }
}
