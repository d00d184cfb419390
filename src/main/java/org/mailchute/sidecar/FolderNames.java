package org.mailchute.sidecar;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The names in a folder at one moment: which sidecar is whose, also where a device writes the two names in different case or
 * in different normal form (macOS decomposes umlauts). Then both must be alone in it: a ticket never goes to another's scan.
 */
public final class FolderNames {
    private final Set<String> stems = new HashSet<>();
    private final Map<String, Set<String>> scans = new HashMap<>();
    private final Map<String, List<Path>> sidecars = new HashMap<>();

    private FolderNames() {}

    /** @param base what the names of all pages of this file's scan share; empty where it has only one */
    public static FolderNames read(Path folder, Sidecar sidecar, Function<Path, String> base) throws IOException {
        FolderNames names = new FolderNames();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                names.add(file, sidecar, base);
            }
        }
        return names;
    }

    private void add(Path file, Sidecar sidecar, Function<Path, String> base) {
        String name = name(file);
        if (sidecar.is(name)) {
            sidecars.computeIfAbsent(alike(sidecar.stemOf(name)), stem -> new ArrayList<>())
                    .add(file);
            return;
        }
        String scansBase = base.apply(file);
        for (String stem : Sidecar.stems(name, scansBase)) {
            stems.add(stem);
            scans.computeIfAbsent(alike(stem), key -> new HashSet<>()).add(scan(name, scansBase));
        }
    }

    /** Pages of one scan are one. */
    private static String scan(String name, String base) {
        return base.isBlank() ? name : base;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String alike(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /** Whether the scan of this sidecar is there, or one that is called alike. */
    public boolean hasScan(Path file, Sidecar sidecar) {
        String stem = sidecar.stemOf(name(file));
        return stems.contains(stem) || scans.containsKey(alike(stem));
    }

    /** The one sidecar that is called like this scan, but for case and form, and like no other. */
    public Optional<Path> alike(Path scan, String base) {
        Set<String> own = Set.of(scan(name(scan), base));
        return Sidecar.stems(name(scan), base).stream()
                .map(FolderNames::alike)
                .filter(stem -> own.equals(scans.get(stem)))
                .map(stem -> sidecars.getOrDefault(stem, List.of()))
                .filter(found -> found.size() == 1)
                .map(found -> found.get(0))
                .findFirst();
    }
}
