package org.mailchute.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.mailchute.intake.Limited;
import org.mailchute.intake.Refused;

/**
 * The one folder from which requests may name files as attachments. Nothing outside it is opened, no link is followed, and
 * what is no plain file (a FIFO would never end) is refused (promise P9). A file is copied into the spool, since the
 * application may change it afterwards.
 *
 * @param maxBytes of one file
 */
public record AttachmentFolder(Path folder, long maxBytes) {
    /** As in {@code mail-request.schema.json}: no separators but {@code /}, no drive letters or streams of Windows. */
    static final Pattern FORM = Pattern.compile("[^/\\\\:*?\"<>|\\p{Cntrl}]+(/[^/\\\\:*?\"<>|\\p{Cntrl}]+)*");

    private static final Set<String> UPWARDS = Set.of(".", "..");

    /**
     * Copies the file.
     *
     * @throws Refused when the reference leaves the folder, names no plain file there, or the file is too large
     */
    void copy(String reference, OutputStream out) throws IOException, Refused {
        Path file = resolved(reference);
        if (Files.size(file) > maxBytes) {
            throw new Refused(
                    "\"%s\" has more than %,d octets".formatted(reference, maxBytes),
                    "refer to a smaller file, or raise maxSize under accept");
        }
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            new Limited(in, maxBytes).transferTo(out);
        } catch (Limited.Exceeded e) {
            throw new Refused("\"" + reference + "\" grows while it is read", "refer to finished files");
        } catch (java.nio.file.AccessDeniedException e) {
            throw new Refused("\"" + reference + "\" may not be read", "let Mailchute read it");
        }
    }

    /** Each step of the way is looked at by itself, so that none of them is a link. */
    private Path resolved(String reference) throws Refused {
        List<String> names = List.of(reference.split("/", -1));
        if (!FORM.matcher(reference).matches() || names.stream().anyMatch(UPWARDS::contains)) {
            throw new Refused(
                    "\"" + reference + "\" is not the name of a file below the folder for references",
                    "give its path from that folder on, such as 2026/invoice.pdf, without .. and links");
        }
        Path path = folder;
        for (int step = 0; step < names.size(); step++) {
            path = path.resolve(names.get(step));
            boolean last = step == names.size() - 1;
            if (last ? !plain(path) : !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new Refused(
                        "there is no plain file \"" + reference + "\" in the folder for references",
                        "put the file there before the request; links are not followed");
            }
        }
        return path;
    }

    private static boolean plain(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }
}
