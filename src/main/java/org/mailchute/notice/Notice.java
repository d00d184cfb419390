package org.mailchute.notice;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.trace.DeliveryEvent;

/**
 * What one addressee is told at one time: of messages, or of conditions.
 *
 * @param to the addressee; empty for the administrator
 */
public record Notice(String to, List<Cause> causes, List<Standing> changes) {
    public Notice {
        causes = List.copyOf(causes);
        changes = List.copyOf(changes);
    }

    /** The same when it is made again after a crash, 32 hexadecimal digits. */
    public String id() {
        String all = Stream.concat(
                        causes.stream().map(cause -> cause.key() + cause.since()),
                        changes.stream().map(change -> change.condition().key() + change.stands() + change.since()))
                .collect(Collectors.joining("\n", to + "\n", ""));
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    /** The first thing that it tells of. */
    public Instant since() {
        return Stream.concat(
                        causes.stream().flatMap(cause -> cause.since().stream()),
                        changes.stream().map(Standing::since))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    public boolean isForAdministrator() {
        return to.isEmpty();
    }

    /** Lanes it is about, and should not leave by. */
    public Set<String> spared() {
        return changes.stream()
                .flatMap(change -> change.condition().lane().stream())
                .collect(Collectors.toSet());
    }

    /** Where it is about one message alone: a delivery status notification. */
    public Optional<Matter> single() {
        return causes.size() == 1
                        && causes.get(0).count() == 1
                        && causes.get(0).some().size() == 1
                        && changes.isEmpty()
                ? Optional.of(new Matter(causes.get(0).what(), first()))
                : Optional.empty();
    }

    private DeliveryEvent first() {
        return causes.get(0).some().get(0);
    }
}
