package org.mailchute.simulator;

import java.time.Instant;
import java.util.List;

/** What sets the submission endpoint and the MX host apart. A returned text is a refusal; an empty one is consent. */
interface FaceRules {
    /** Further EHLO lines. */
    List<String> offers(SessionState session);

    boolean asksForClientCertificate();

    /** AUTH with its mechanism and decoded initial response. */
    String login(SessionState session, String mechanism, String response);

    String mail(SessionState session, String from);

    String recipient(SessionState session, String recipient);

    /** After the final dot. */
    String endOfData(SessionState session);

    /** When the message just taken goes on to its recipients. */
    Instant leaves(SessionState session);

    /** The option this session uses, as Microsoft calls them. */
    String option(SessionState session);

    void closed(SessionState session);
}
