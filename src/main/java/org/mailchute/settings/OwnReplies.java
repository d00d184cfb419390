package org.mailchute.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.mailchute.reply.BadReplyRows;
import org.mailchute.reply.ReplyTable;
import org.mailchute.settings.yaml.Fault;
import org.mailchute.settings.yaml.Section;

/** The key {@code gateway.replies}: an administrator's own rows. What is wrong in that file is told with its own lines. */
final class OwnReplies {
    private static final String KEY = "replies";

    private OwnReplies() {}

    static Optional<Path> read(Section gateway) {
        Optional<Path> file = gateway.optional(KEY, gateway.path());
        file.ifPresent(rows -> check(gateway, rows));
        return file;
    }

    private static void check(Section gateway, Path file) {
        try {
            ReplyTable.load(file);
        } catch (BadReplyRows e) {
            e.rows()
                    .forEach(row ->
                            gateway.fault(new Fault(row.file(), row.line(), row.key(), row.found(), row.expected())));
        } catch (IOException e) {
            gateway.fault(
                    KEY, '"' + file.toString() + "\", which cannot be read", "a file of rows like replies.yaml's");
        }
    }
}
