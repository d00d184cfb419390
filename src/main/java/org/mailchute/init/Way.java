package org.mailchute.init;

import java.util.Arrays;
import java.util.Locale;
import org.mailchute.reply.Service;
import org.mailchute.service.ServiceProfile;

/** Microsoft's ways out, each of which is one lane. */
public enum Way {
    /** As a mailbox, by Exchange Online. */
    SUBMISSION("mailbox", true),
    /** As a mailbox, by HTTPS. */
    GRAPH("graph", true),
    /** High Volume Email. */
    HVE("volume", true),
    /** Azure Communication Services. */
    ACS("bulk", true),
    /** Through an inbound connector. */
    RELAY("connector", false),
    /** To the domain's MX host, by nobody in particular. */
    DIRECT_SEND("direct", false);

    private final String lane;
    private final boolean logsIn;

    Way(String lane, boolean logsIn) {
        this.lane = lane;
        this.logsIn = logsIn;
    }

    /** @throws IllegalArgumentException when there is none of that name */
    static Way of(String label) {
        return Arrays.stream(values())
                .filter(way -> way.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no way"));
    }

    /** As the settings name option or service: {@code submission}, {@code hve}, {@code direct-send}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name of its lane. */
    public String lane() {
        return lane;
    }

    /** Whether it does so as an application with a secret, which lies in a file beside the settings. */
    boolean logsIn() {
        return logsIn;
    }

    String secretFile() {
        return lane + ".secret";
    }

    /** Whether it reaches recipients of the own organisation only. */
    boolean inside() {
        return this == DIRECT_SEND
                || this == HVE && ServiceProfile.of(Service.HVE).inside();
    }
}
