package org.mailchute.init;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How mail comes to the gateway. */
enum WayIn {
    /** Scanners save to a folder, or a share. */
    FOLDER(true, false),
    /** Scanners save by FTP, to the gateway itself. */
    FTP(true, false),
    /** Devices send by SMTP, to the gateway itself. */
    SMTP(false, true),
    /** Applications publish mail requests. */
    QUEUE(false, true),
    /** Applications write whole messages into a folder. */
    PICKUP(false, true);

    private final boolean fixedRecipients;
    private final boolean manySenders;

    WayIn(boolean fixedRecipients, boolean manySenders) {
        this.fixedRecipients = fixedRecipients;
        this.manySenders = manySenders;
    }

    /** @throws IllegalArgumentException when there is none of that name */
    static WayIn of(String label) {
        return Arrays.stream(values())
                .filter(intake -> intake.name().toLowerCase(Locale.ROOT).equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no intake"));
    }

    /** Whether the settings say who gets its mail. */
    boolean fixedRecipients() {
        return fixedRecipients;
    }

    /** Whether its mail says itself who sends it. */
    boolean manySenders() {
        return manySenders;
    }

    /** The file with the password by which devices or applications log in to the gateway. */
    Optional<String> passwordFile() {
        return switch (this) {
            case FTP -> Optional.of("copier.password");
            case QUEUE -> Optional.of("applications.password");
            default -> Optional.empty();
        };
    }
}
