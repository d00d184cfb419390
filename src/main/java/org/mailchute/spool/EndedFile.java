package org.mailchute.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mailchute.envelope.ForwardPath;

/** {@code QUEUEID.ended}: which recipients of a message are done, where not all ended at once. */
record EndedFile(Path path) {
    static final String SUFFIX = ".ended";

    /** All that have ended when these have too, as far as they are the message's. */
    Set<String> with(List<ForwardPath> recipients) throws IOException {
        Set<String> ended = before();
        recipients.forEach(recipient -> ended.add(recipient.toString()));
        return ended;
    }

    void write(Set<String> ended) throws IOException {
        new WholeFile(path).replace((String.join("\n", ended) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Of a file that was spoilt, what can be read; the rest is told by nobody, so that nothing is removed too early. */
    private Set<String> before() throws IOException {
        return Files.exists(path)
                ? NoteLines.text(path)
                        .lines()
                        .filter(EndedFile::isRecipient) // a corrected address is none of the ticket's
                        .collect(Collectors.toCollection(TreeSet::new))
                : new TreeSet<>();
    }

    private static boolean isRecipient(String line) {
        try {
            ForwardPath.parse(line);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}
