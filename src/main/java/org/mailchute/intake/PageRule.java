package org.mailchute.intake;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.mailchute.intake.PagePattern.PageName;

/**
 * Which files of a folder are pages of one scan.
 *
 * @param pattern what their names tell
 * @param quiet for so long no page may come or change, by our own observation, until the scan counts as whole
 */
public record PageRule(PagePattern pattern, Duration quiet) {
    /** What a page's name tells; empty when it is no page's. */
    public Optional<PageName> name(Path file) {
        return pattern.read(String.valueOf(file.getFileName()));
    }

    /** What the names of all pages of its scan share; empty when it is no page. */
    public String base(Path file) {
        return name(file).map(PageName::base).orElse("");
    }

    /** The pages of this file's scan that lie there now, in their order, by listing the folder; itself when it is no page. */
    public List<Path> pagesOf(Path file) throws IOException {
        Optional<PageName> page = name(file);
        if (page.isEmpty()) {
            return List.of(file);
        }
        TreeMap<String, Path> pages = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(file.resolveSibling(""))) {
            for (Path other : files) {
                name(other)
                        .filter(found ->
                                found.base().equalsIgnoreCase(page.get().base()))
                        .ifPresent(found -> pages.put("%09d %s".formatted(found.page(), other), other));
            }
        }
        return List.copyOf(pages.values());
    }
}
