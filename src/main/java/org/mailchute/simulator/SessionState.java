package org.mailchute.simulator;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What one session has said so far. */
final class SessionState {
    final int number;
    /** The client's IP address. */
    final String address;

    final Instant since;

    String tls = "";
    String user = "";
    String certificate = "";
    /** Domains the client certificate proves; none when it is expired or from an unknown authority. */
    List<String> certificateNames = List.of();

    String from = "";
    boolean mail;
    /** Of the message that was sent last. */
    long octets;
    /** Its file. */
    Path content = Path.of("");

    final List<String> recipients = new ArrayList<>();

    SessionState(int number, String address, Instant since) {
        this.number = number;
        this.address = address;
        this.since = since;
    }

    void reset() {
        from = "";
        mail = false;
        recipients.clear();
    }
}
