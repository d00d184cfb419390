package org.mailchute.gateway.routes;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.mailchute.settings.FaultySettings;
import org.mailchute.settings.Settings;
import org.mailchute.settings.yaml.Fault;
import org.mailchute.settings.yaml.UnreadableFile;

/** The message's path: the route files in the jar, each replaceable by a file of the same name in the routes folder. */
public final class RouteFiles {
    /** In the order of the path; {@code routes/README.md} explains them. */
    static final List<String> NAMES = List.of(
            "0-error-policy",
            "1-intake-folder",
            "1-intake-ftp",
            "1-intake-jms",
            "1-intake-pickup",
            "1-intake-smtp",
            "2-accept",
            "3-next-hop",
            "4-lane",
            "5-accepted",
            "6-deferred",
            "7-dead-letter",
            "8-events",
            "9-notices",
            "9-notices-telling",
            "9-trace",
            "9-trace-expiry",
            "9-webhook");

    /** Reads what the others have told; the gateway starts it. */
    public static final String EVENTS = "events";

    /** Keep what was told, and forget it; the gateway starts them where there is a trace. */
    public static final List<String> TRACE = List.of("trace", "trace-expiry");

    /** Note what somebody must learn, and tell it; the gateway starts them where there are notices. */
    public static final List<String> NOTICES = List.of("notices", "notices-telling");

    /** Posts what the administrator is told; the gateway starts it where there is a webhook. */
    public static final String WEBHOOK = "webhook";

    /** Were one file for each option. */
    private static final Set<String> BEFORE_4_LANE = Set.of("4-submission", "4-direct-send", "4-relay");

    /** By their names; of the folder alone, since ours need not be looked at where there are no others. */
    private final Map<String, RouteFile> own = new TreeMap<>();

    private final List<Fault> faults = new ArrayList<>();

    private RouteFiles(Optional<Path> folder) throws IOException {
        if (folder.isPresent()) {
            for (Path file : yaml(folder.get())) {
                add(file);
            }
        }
    }

    /**
     * Those that a gateway of these settings has; nothing is started.
     *
     * @throws FaultySettings with each fault of the files in the routes folder
     * @throws IOException when the folder cannot be read
     */
    public static RouteFiles of(Settings settings) throws FaultySettings, IOException {
        try {
            RouteFiles routes = new RouteFiles(settings.routesFolder());
            routes.check(settings);
            return routes;
        } catch (UnreadableFile e) {
            throw new IllegalStateException("a route file in the jar", e);
        }
    }

    private void check(Settings settings) throws FaultySettings, IOException, UnreadableFile {
        if (!own.isEmpty()) {
            faults.addAll(CamelTrial.of(own.values()));
            faults.addAll(new RouteCheck(shipped(), own, settings).faults());
        }
        if (!faults.isEmpty()) {
            throw new FaultySettings(faults);
        }
    }

    private static Map<String, RouteFile> shipped() throws IOException, UnreadableFile {
        Map<String, RouteFile> files = new TreeMap<>();
        for (String name : NAMES) {
            files.put(name, RouteFile.shipped(name));
        }
        return files;
    }

    /** What the route of a lane is called. */
    public static String laneRoute(String option, String lane) {
        return option + "-" + lane;
    }

    /** Loads them all, in the order of the path; further files of the folder stand where their names sort. */
    public void load(CamelContext context) throws Exception {
        Map<String, String> addresses = new TreeMap<>();
        NAMES.forEach(name -> addresses.put(name, "classpath:" + RouteFile.place(name)));
        own.forEach((name, file) -> addresses.put(name, file.address()));
        List<Resource> resources = new ArrayList<>();
        for (String address : addresses.values()) {
            resources.add(PluginHelper.getResourceLoader(context).resolveResource(address));
        }
        PluginHelper.getRoutesLoader(context).loadRoutes(resources);
        ModelCamelContext model = (ModelCamelContext) context;
        Stream.of(List.of(EVENTS, WEBHOOK), TRACE, NOTICES)
                .flatMap(List::stream)
                .forEach(route -> model.getRouteDefinition(route).setAutoStartup("false")); // an own file's too
    }

    private static Collection<Path> yaml(Path folder) throws IOException {
        Collection<Path> files = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.{yaml,yml}")) {
            found.forEach(files::add);
        }
        return files;
    }

    private void add(Path file) {
        String name = file.getFileName().toString();
        if (!name.endsWith(RouteFile.ENDING)) {
            faults.add(fault(
                    file, "a name that is not loaded", "NAME" + RouteFile.ENDING + ": rename it, or take it away"));
        } else if (BEFORE_4_LANE.contains(name.replace(RouteFile.ENDING, ""))) {
            faults.add(fault(
                    file,
                    "the lanes of one option",
                    "4-lane" + RouteFile.ENDING
                            + ", which took its place for all options: bring your change into a copy of it, and"
                            + " take this file away"));
        } else {
            read(file);
        }
    }

    private void read(Path file) {
        try {
            RouteFile read = RouteFile.own(file);
            own.put(read.name(), read);
        } catch (UnreadableFile e) {
            faults.add(e.fault());
        }
    }

    private static Fault fault(Path file, String found, String expected) {
        return new Fault(file.toString(), 0, "", found, expected);
    }
}
