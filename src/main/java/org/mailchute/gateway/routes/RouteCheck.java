package org.mailchute.gateway.routes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.intakes.Ground;
import org.mailchute.intakes.Intakes;
import org.mailchute.settings.Settings;
import org.mailchute.settings.yaml.Fault;

/**
 * The rules of {@code routes/README.md} that an administrator's own files must keep lest they fail, or go round in circles, once messages
 * come. Which beans there are is what the files that we ship name.
 */
final class RouteCheck {
    /** The one that goes back, by a queue. */
    private static final String BACK = "6-deferred";

    private final Map<String, RouteFile> shipped;
    private final Collection<RouteFile> own;
    /** All that are loaded, those of the folder last. */
    private final List<RouteFile> files;

    private final List<String> lanes;
    private final List<String> intakes;
    private final Set<String> runningIds;
    private final List<Fault> faults = new ArrayList<>();

    /**
     * @param shipped all of ours, by their names
     * @param own likewise those of the folder
     */
    RouteCheck(Map<String, RouteFile> shipped, Map<String, RouteFile> own, Settings settings) {
        this.shipped = shipped;
        this.own = own.values();
        this.files = Stream.concat(
                        shipped.values().stream().filter(file -> !own.containsKey(file.name())), own.values().stream())
                .toList();
        this.lanes = settings.lanes().stream().map(Settings.Lane::name).toList();
        this.intakes = List.copyOf(Intakes.names(settings));
        this.runningIds = Stream.concat(
                        settings.lanes().stream()
                                .map(lane -> RouteFiles.laneRoute(
                                        lane.nextHop().option().label(), lane.name())),
                        intakes.stream().map(Ground::routeId))
                .collect(Collectors.toSet());
    }

    /** In the order of the files and their lines. */
    List<Fault> faults() {
        ids();
        readers();
        Set<String> beans = beans();
        Set<String> configurations = files.stream()
                .flatMap(RouteFile::configurationIds)
                .map(Word::text)
                .collect(Collectors.toSet());
        for (RouteFile file : own) {
            replaced(file);
            unknown(
                    file,
                    file.beans(),
                    beans,
                    "a bean of the gateway (routes/README.md has them) or of this file (beans:)");
            unknown(file, file.wantedConfigurations(), configurations, "a routeConfiguration of one of the files");
            file.sends().forEach(send -> send(file, send));
        }
        faults.sort(Comparator.comparing(Fault::file).thenComparing(Fault::line));
        return faults;
    }

    /** Camel would let the second take the first one's place, or not start. */
    private void ids() {
        Map<String, String> holders = new HashMap<>();
        runningIds.forEach(id -> holders.put(id, "the lane or intake of this name"));
        twice(holders, RouteFile::ids, "an id of its own: this is that of ");
    }

    private void readers() {
        twice(
                new HashMap<>(),
                file -> file.reads().filter(uri -> uri.text().startsWith("direct:")),
                "an address that no other route takes from: this one is read by ");
    }

    private void twice(Map<String, String> holders, Function<RouteFile, Stream<Word>> names, String expected) {
        files.forEach(file -> names.apply(file).forEach(name -> {
            String holder = holders.putIfAbsent(name.text(), file.place());
            if (holder != null) {
                fault(file, name, expected + holder);
            }
        }));
    }

    private Set<String> beans() {
        return Stream.concat(
                        shipped.values().stream()
                                .flatMap(RouteFile::beans)
                                .map(Word::text)
                                .flatMap(this::filled),
                        own.stream().flatMap(RouteFile::declared).map(Word::text))
                .collect(Collectors.toSet());
    }

    /** As it stands in a template, and as it is called in the routes made of it. */
    private Stream<String> filled(String name) {
        return Stream.of(
                        Stream.of(name),
                        lanes.stream().map(lane -> name.replace("{{lane}}", lane)),
                        intakes.stream().map(intake -> name.replace("{{intake}}", intake)))
                .flatMap(Function.identity());
    }

    private void unknown(RouteFile file, Stream<Word> named, Set<String> known, String expected) {
        named.filter(word -> !known.contains(word.text())).forEach(word -> fault(file, word, expected));
    }

    /** A file that takes the place of ours must have what the gateway asks it for. */
    private void replaced(RouteFile file) {
        RouteFile ours = shipped.get(file.name());
        if (ours != null) {
            for (Word id : ours.ids().toList()) {
                if (file.ids()
                        .noneMatch(own ->
                                own.path().equals(id.path()) && own.text().equals(id.text()))) {
                    String there = file.ids()
                            .map(own -> own.path().get(0) + " " + own.text())
                            .collect(Collectors.joining(", "));
                    faults.add(new Fault(
                            file.place(),
                            1,
                            "",
                            Fault.quoted(there),
                            "the " + id.path().get(0) + " with the id " + id.text()));
                }
            }
        }
    }

    private void send(RouteFile file, Word send) {
        List<RouteFile> readers = files.stream()
                .filter(reader -> reader.reads().anyMatch(from -> from.text().equals(send.text())))
                .toList();
        if (readers.isEmpty() && send.text().startsWith("direct:") && !send.isOpen() && !intakeAddress(send)) {
            fault(file, send, "an address that a route takes from (from: uri:)");
        }
        if (!file.name().equals(BACK) && readers.stream().anyMatch(reader -> isBefore(reader, file))) {
            fault(
                    file,
                    send,
                    "a later stage: a file sends only to files whose first digit is not lower than its own, or messages go in circles");
        }
    }

    private boolean intakeAddress(Word send) {
        return intakes.stream().anyMatch(intake -> send.text().equals("direct:intake-" + intake));
    }

    private static boolean isBefore(RouteFile one, RouteFile other) {
        return one.stage().isPresent()
                && other.stage().isPresent()
                && one.stage().get() < other.stage().get();
    }

    private void fault(RouteFile file, Word word, String expected) {
        faults.add(new Fault(file.place(), word.line(), word.key(), Fault.quoted(word.text()), expected));
    }
}
