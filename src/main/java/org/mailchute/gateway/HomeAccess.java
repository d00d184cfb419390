package org.mailchute.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether home is ours. Where one folder of it is not, as after a start as another user, the gateway would come up and fail at
 * every message.
 */
final class HomeAccess {
    /** Those with folders of their own; {@code messages} may hold a great many files. */
    private static final List<String> DEEPER = List.of("broker", "incoming", "drop");

    private HomeAccess() {}

    /** @throws IllegalStateException says which folder cannot be made or written */
    static void check(Path home) throws IOException {
        make(home);
        List<Path> folders = new ArrayList<>(List.of(home));
        if (writable(home)) {
            folders.addAll(foldersIn(home));
            for (String name : DEEPER) {
                Path folder = home.resolve(name);
                folders.addAll(writable(folder) ? foldersIn(folder) : List.of());
            }
        }
        mustBeWritable(folders, home);
        OwnerOnly.close(home);
    }

    private static void mustBeWritable(List<Path> folders, Path home) {
        for (Path folder : folders) {
            if (!writable(folder)) {
                throw new IllegalStateException("gateway.home: " + folder + " cannot be written by the user "
                        + System.getProperty("user.name")
                        + ": make this user the owner of " + home
                        + " and all in it, mount its disk for writing, or set another home");
            }
        }
    }

    private static void make(Path home) {
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            String why = Files.exists(home) ? "it is no folder" : "by the user " + System.getProperty("user.name");
            throw new IllegalStateException(
                    "gateway.home: " + home + " cannot be made (" + why
                            + "): make it, owned by this user, or set another home",
                    e);
        }
    }

    private static boolean writable(Path folder) {
        return Files.isReadable(folder) && Files.isWritable(folder) && Files.isExecutable(folder);
    }

    private static List<Path> foldersIn(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }
}
