package org.mailchute.limits;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.mailchute.reply.Lasting;
import org.mailchute.spool.WholeFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Since when each lane hears of a cause that has not passed, on disk and so the same after a restart: one file a lane, beside
 * its state. Not safe between threads; {@link LaneBook} is.
 */
final class LaneCauses {
    private static final Logger LOG = LoggerFactory.getLogger(LaneCauses.class);
    private static final String SUFFIX = ".causes";
    /** A cause nobody has heard of for so long has passed; the longest wait between two attempts is 4 hours. */
    private static final Duration FORGOTTEN = Duration.ofHours(12);

    private static final TypeReference<TreeMap<String, Heard>> FILE = new TypeReference<>() {};

    private final Path folder;
    private final Map<String, TreeMap<String, Heard>> lanes = new HashMap<>();

    LaneCauses(Path folder) {
        this.folder = folder;
    }

    /**
     * One cause, of one domain where recipients count.
     *
     * @param domain empty where the time counts
     * @param recipients whom it has refused
     */
    record Heard(Instant since, Instant last, String domain, Set<String> recipients) {
        Heard again(Instant now, Set<String> more) {
            boolean anew = last.plus(FORGOTTEN).isBefore(now);
            Set<String> all = new TreeSet<>(more);
            all.addAll(anew ? Set.of() : recipients);
            return new Heard(anew ? now : since, now, domain, all);
        }
    }

    /**
     * Notes that the lane has heard of this cause.
     *
     * @param recipients it was said of
     * @return whether that lasts as long, or for as many recipients of a domain, as it takes
     */
    boolean heard(String lane, String cause, Lasting lasting, Collection<String> recipients, Instant now) {
        Map<String, Heard> causes = causes(lane);
        boolean lasts = false;
        for (Map.Entry<String, Set<String>> of : domains(lasting, recipients).entrySet()) {
            String key = of.getKey().isEmpty() ? cause : cause + " @" + of.getKey();
            Heard before = causes.getOrDefault(key, new Heard(now, now, of.getKey(), Set.of()));
            Heard heard = before.again(now, of.getValue());
            causes.put(key, heard);
            lasts |= lasting.recipients() > 0
                    ? heard.recipients().size() >= lasting.recipients()
                    : !heard.since().plus(lasting.after()).isAfter(now);
        }
        write(lane);
        return lasts;
    }

    /** Where the time counts, all are one. */
    private static Map<String, Set<String>> domains(Lasting lasting, Collection<String> recipients) {
        if (lasting.recipients() == 0) {
            return Map.of("", Set.of());
        }
        Map<String, Set<String>> domains = new TreeMap<>();
        recipients.forEach(recipient -> domains.computeIfAbsent(domain(recipient), first -> new TreeSet<>())
                .add(recipient.toLowerCase(Locale.ROOT)));
        return domains;
    }

    /** A message was accepted for these: what concerned the lane, or their domains, has passed. */
    void accepted(String lane, Collection<String> recipients) {
        Set<String> domains = new TreeSet<>(Set.of(""));
        recipients.forEach(recipient -> domains.add(domain(recipient)));
        forget(lane, heard -> domains.contains(heard.domain()));
    }

    /** An administrator has acted. */
    void forget(String lane) {
        forget(lane, heard -> true);
    }

    private void forget(String lane, Predicate<Heard> which) {
        if (causes(lane).values().removeIf(which)) {
            write(lane);
        }
    }

    private static String domain(String recipient) {
        return recipient.substring(recipient.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    private Map<String, Heard> causes(String lane) {
        return lanes.computeIfAbsent(lane, this::read);
    }

    private TreeMap<String, Heard> read(String lane) {
        Path file = folder.resolve(lane + SUFFIX);
        try {
            return Files.exists(file) ? LaneFiles.JSON.readValue(Files.readAllBytes(file), FILE) : new TreeMap<>();
        } catch (IOException e) {
            LOG.warn("{} cannot be read, what lane {} heard begins anew: {}", file, lane, e.getMessage());
            return new TreeMap<>();
        }
    }

    private void write(String lane) {
        try {
            new WholeFile(folder.resolve(lane + SUFFIX)).replace(LaneFiles.JSON.writeValueAsBytes(causes(lane)));
        } catch (IOException e) {
            LOG.error("lane {}: what it heard is kept in memory only: {}", lane, e.toString());
        }
    }
}
