package org.mailchute.gateway;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** The message's path: the route files in the jar, each replaceable by a file of the same name in the routes folder. */
final class RouteFiles {
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
            "7-dead-letter");

    private static final String ENDING = ".camel.yaml";

    private RouteFiles() {}

    /** Loads them all; further files of the folder are loaded after ours. */
    static void load(CamelContext context, Optional<Path> folder) throws Exception {
        Map<String, String> places = new TreeMap<>();
        NAMES.forEach(name -> places.put(name + ENDING, "classpath:routes/" + name + ENDING));
        for (Path own : own(folder)) {
            places.put(own.getFileName().toString(), "file:" + own.toAbsolutePath());
        }
        List<Resource> resources = new ArrayList<>();
        for (String place : places.values()) {
            resources.add(PluginHelper.getResourceLoader(context).resolveResource(place));
        }
        PluginHelper.getRoutesLoader(context).loadRoutes(resources);
    }

    private static List<Path> own(Optional<Path> folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (folder.isPresent()) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.get(), "*" + ENDING)) {
                found.forEach(files::add);
            }
        }
        return files;
    }
}
