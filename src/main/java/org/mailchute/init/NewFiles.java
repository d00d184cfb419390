package org.mailchute.init;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Files that are there whole or not at all, and never in place of others. They are their owner's, and to be read by the group of the
 * folder: where root makes them, that is how the gateway's user reads them.
 */
public final class NewFiles {
    private record NewFile(String text, boolean secret) {}

    private final Path folder;
    private final Map<Path, NewFile> files = new LinkedHashMap<>();

    /** @param folder made where it is not there */
    public NewFiles(Path folder) {
        this.folder = folder;
    }

    public NewFiles add(String name, String text) {
        files.put(folder.resolve(name), new NewFile(text, false));
        return this;
    }

    /** One that the group has no right to either, unless root makes it. */
    public NewFiles addSecret(String name, String text) {
        files.put(folder.resolve(name), new NewFile(text, true));
        return this;
    }

    /** Those of them that are there already. */
    public List<Path> there() {
        return files.keySet().stream()
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    public Set<Path> all() {
        return files.keySet();
    }

    /**
     * Puts them there; what is in their place is moved aside, to the first free of NAME.1, NAME.2 and so on.
     *
     * @return what was moved aside, by what it is called now
     */
    public List<Path> write() throws IOException {
        Files.createDirectories(folder);
        List<Path> aside = new ArrayList<>();
        for (Map.Entry<Path, NewFile> file : files.entrySet()) {
            Path half = half(file.getKey(), file.getValue());
            try {
                aside(file.getKey()).ifPresent(aside::add);
                Files.move(half, file.getKey(), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(half);
            }
        }
        return aside;
    }

    /** The old one has both names until the new one takes its own, so there is always a whole one. */
    private static Optional<Path> aside(Path file) throws IOException {
        for (int number = 1; Files.exists(file, LinkOption.NOFOLLOW_LINKS); number++) {
            Path aside = file.resolveSibling(file.getFileName() + "." + number);
            if (Files.notExists(aside, LinkOption.NOFOLLOW_LINKS)) {
                link(aside, file);
                return Optional.of(aside);
            }
        }
        return Optional.empty();
    }

    private static void link(Path aside, Path file) throws IOException {
        try {
            Files.createLink(aside, file);
        } catch (UnsupportedOperationException e) { // a file system without: then there is none for a moment
            Files.move(file, aside);
        }
    }

    private Path half(Path file, NewFile content) throws IOException {
        Path half = Files.createTempFile(folder, file.getFileName() + ".", ".tmp"); // the owner's alone
        Files.writeString(half, content.text(), StandardCharsets.UTF_8, StandardOpenOption.SYNC);
        PosixFileAttributeView view = Files.getFileAttributeView(half, PosixFileAttributeView.class);
        if (view != null && (!content.secret() || view.getOwner().getName().equals("root"))) {
            GroupPrincipal group =
                    Files.readAttributes(folder, PosixFileAttributes.class).group();
            if (!group.equals(view.readAttributes().group())) {
                view.setGroup(group);
            }
            view.setPermissions(PosixFilePermissions.fromString("rw-r-----"));
        }
        return half;
    }
}
