package org.mailchute.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;

/** Route files of an administrator's own: one in place of a shipped one, and one more, which keeps a copy of each acceptance. */
public final class CopyingRoutes {
    private static final String ACCEPTED = "5-accepted.camel.yaml";
    private static final String WIRE_TAP = "        - wireTap:\n            uri: direct:copies\n";

    private final Path copies;

    /** @param routes the folder that the settings name */
    public CopyingRoutes(Path routes, Path copies) throws IOException {
        this.copies = copies;
        Files.writeString(routes.resolve(ACCEPTED), accepted(WIRE_TAP));
        Files.writeString(routes.resolve("9-copies.camel.yaml"), """
                - route:
                    id: copies
                    from:
                      uri: direct:copies
                      steps:
                        - to:
                            uri: file:%s?fileName=${exchangeId}.json&tempPrefix=.new-
                """.formatted(copies));
    }

    /** The shipped file with this step more. */
    public static String accepted(String step) throws IOException {
        return Files.readString(Path.of("routes", ACCEPTED))
                .replaceFirst("        - to:\n", step.replace("$", "\\$") + "        - to:\n");
    }

    /** The one copy that there is, once there is one. */
    public String copy() throws IOException {
        Awaitility.await("the copy").until(() -> !found().isEmpty());
        return Files.readString(found().get(0));
    }

    private List<Path> found() throws IOException {
        return FilesIn.folder(copies).stream()
                .filter(file -> !file.getFileName().toString().startsWith("."))
                .toList();
    }
}
