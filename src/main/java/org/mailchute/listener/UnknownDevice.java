package org.mailchute.listener;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device that tried to send and is not in the settings.
 *
 * @param name what it said in EHLO or HELO
 * @param sender its last reverse path
 * @param recipients the first few it named
 * @param count how often it tried
 */
public record UnknownDevice(
        String address, String name, String sender, List<String> recipients, long count, Instant lastSeen) {
    private static final int MOST_RECIPIENTS = 5;

    public UnknownDevice {
        recipients = recipients.stream()
                .distinct()
                .limit(MOST_RECIPIENTS)
                .map(Printable::line)
                .toList();
        name = Printable.line(name);
        sender = Printable.line(sender);
    }

    /** The same, seen again. */
    UnknownDevice again(UnknownDevice now) {
        List<String> all = new ArrayList<>(recipients);
        all.addAll(now.recipients());
        return new UnknownDevice(
                address,
                now.name().isEmpty() ? name : now.name(),
                now.sender().isEmpty() ? sender : now.sender(),
                all,
                count + now.count(),
                now.lastSeen());
    }

    String line() {
        return String.join(
                "\t", lastSeen.toString(), address, Long.toString(count), name, sender, String.join(",", recipients));
    }

    /** Empty when a person has spoilt the line. */
    static Optional<UnknownDevice> parse(String line) {
        String[] parts = line.split("\t", -1);
        if (parts.length != 6 || !parts[2].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        try {
            List<String> recipients = parts[5].isEmpty() ? List.of() : List.of(parts[5].split(","));
            return Optional.of(new UnknownDevice(
                    parts[1], parts[3], parts[4], recipients, Long.parseLong(parts[2]), Instant.parse(parts[0])));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
