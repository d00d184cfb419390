package org.mailchute.gateway;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailchute.gateway.routes.RouteFiles;
import org.mailchute.management.Reloaded;
import org.mailchute.settings.Change;
import org.mailchute.settings.FaultySettings;
import org.mailchute.settings.IntakePlan;
import org.mailchute.settings.Reloadable;
import org.mailchute.settings.Settings;
import org.mailchute.settings.SettingsSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the settings anew while the gateway runs, one time after the other: lanes, rules and limits, then intakes. Those that run are one
 * value, which is exchanged when the new lanes are there; whatever asks for a rule asks it.
 */
final class Reload implements Reloaded.Reload {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);
    private static final Pattern ITEM = Pattern.compile("(intake|lanes)\\b.*\\[(.*)]");

    private final SettingsSource source;
    private final RunningSettings now;
    private final OpenBroker broker;
    private final LaneRoutes lanes;
    private final IntakeRoutes intakes;
    private final Runnable taken;
    /** Lanes and intakes that were to be opened and may not be: the next time they are among those that change. */
    private Set<String> lanesToDo = Set.of();

    private Set<String> toDo = Set.of();
    private boolean over;

    /**
     * @param now those that run
     * @param taken told when there are others
     */
    Reload(
            SettingsSource source,
            RunningSettings now,
            OpenBroker broker,
            LaneRoutes lanes,
            IntakeRoutes intakes,
            Runnable taken) {
        this.source = source;
        this.now = now;
        this.broker = broker;
        this.lanes = lanes;
        this.intakes = intakes;
        this.taken = taken;
    }

    /** Faulty settings change nothing. */
    @Override
    public synchronized Reloaded now() throws Exception {
        if (over) {
            throw new IllegalArgumentException("the gateway stops");
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Reload.class.getClassLoader()); // libraries look by it, and in Karaf it is another
        try {
            return reload(source.read());
        } catch (IllegalStateException e) { // the broker makes no queue now
            LOG.error("settings not taken", e);
            return new Reloaded(List.of(), List.of(), List.of(String.valueOf(e.getMessage())));
        } catch (FaultySettings e) {
            e.faults().forEach(fault -> LOG.error("settings not taken: {}", fault));
            return Reloaded.not(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Reloaded reload(Settings file) throws Exception {
        Settings running = now.get();
        Settings merged = Reloadable.merged(running, file);
        List<Change> changes = Change.between(running.written(), file.written());
        List<Change> mine = changes.stream().filter(change -> !change.restart()).toList();
        if (mine.isEmpty() && toDo.isEmpty() && lanesToDo.isEmpty()) {
            return new Reloaded(changes, List.of(), List.of());
        }
        RouteFiles.of(merged);
        changes.stream().flatMap(Change::lines).forEach(line -> LOG.info("settings: {}", line));
        broker.prepare(merged);
        lanesToDo = MailboxShares.withTheirs(with(names("lanes", mine), lanesToDo), running.lanes(), merged.lanes());
        toDo = with(intakes(mine, running, merged), toDo);
        lanes.swap(merged, lanesToDo, () -> now.set(merged));
        lanesToDo = Set.of();
        Map<String, String> failures = intakes.swap(merged, toDo);
        toDo = Set.copyOf(failures.keySet());
        taken.run();
        LOG.info("settings taken; {} of {} changes want a restart", changes.size() - mine.size(), changes.size());
        return new Reloaded(changes, List.of(), List.copyOf(failures.values()));
    }

    private static Set<String> names(String section, List<Change> changes) {
        Set<String> names = new HashSet<>();
        for (Change change : changes) {
            Matcher item = ITEM.matcher(change.place());
            if (item.matches() && section.equals(item.group(1))) {
                names.add(String.valueOf(item.group(2)));
            }
        }
        return names;
    }

    /** All but watched folders have limits of accept's of their own. */
    private static Set<String> intakes(List<Change> changes, Settings running, Settings merged) {
        Set<String> names = names("intake", changes);
        if (changes.stream().anyMatch(change -> change.place().equals("accept"))) {
            Stream.of(running, merged)
                    .flatMap(settings -> settings.intakes().stream())
                    .filter(intake -> !(intake instanceof IntakePlan.Folder))
                    .forEach(intake -> names.add(intake.name()));
        }
        if (changes.stream()
                .map(Change::place)
                .anyMatch(place -> place.equals("ftp-server") || place.startsWith("intake.drop["))) {
            names.add(IntakeRoutes.FTP_SERVER);
        }
        return names;
    }

    private static Set<String> with(Set<String> some, Set<String> more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }

    /** Returns when the one under way has ended; there is no other. */
    synchronized void end() {
        over = true;
    }
}
