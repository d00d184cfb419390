package org.mailchute.steps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.mailchute.formats.Completeness;
import org.mailchute.intake.Digested;
import org.mailchute.intake.Shown;
import org.mailchute.polled.PolledServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that was fetched from a polled server, looked at before it is claimed; and what {@link TakeAway} notes of it then. */
public final class Fetched {
    private static final Logger LOG = LoggerFactory.getLogger(Fetched.class);
    private static final String CONTENT = "content";
    private static final String BEFORE = "takenBefore";

    private Fetched() {}

    /**
     * Whether it is a scan to be sent.
     *
     * @param source the intake, as events show it
     * @throws IOException when it cannot be read, or is not whole and stays on its server for now
     */
    public static boolean isNew(Exchange exchange, String source, PolledServer server, GenericFile<?> file, Path local)
            throws IOException {
        checkLength(server, file, local);
        String content = Digested.sha256(local);
        boolean before = server.taken().knows(PolledServer.listed(file), content);
        exchange.setProperty(CONTENT, content);
        exchange.setProperty(BEFORE, before);
        if (before) {
            LOG.info(
                    "source={} file=\"{}\" was taken before and is the same, nothing to do",
                    source,
                    Shown.line(server.named(file)));
        } else {
            checkEnd(server, file, local);
        }
        return !before;
    }

    /** FTP ends a file by ending the connection (RFC 959 section 3.4.1): a broken one looks like the end. */
    private static void checkLength(PolledServer server, GenericFile<?> file, Path local) throws IOException {
        long length = Files.size(local);
        if (file.getFileLength() >= 0 && length != file.getFileLength()) {
            throw notWhole(
                    server,
                    file,
                    "it has " + length + " octets here and " + file.getFileLength()
                            + " on the server, where it broke off or changed meanwhile",
                    true);
        }
    }

    /** A device may rest in the middle of a scan for longer than a server's listing tells. */
    private static void checkEnd(PolledServer server, GenericFile<?> file, Path local) throws NotWhole {
        Optional<String> lack = Completeness.lacks(local);
        if (lack.isPresent()) {
            throw notWhole(server, file, lack.get(), false);
        }
    }

    private static NotWhole notWhole(PolledServer server, GenericFile<?> file, String lack, boolean passing) {
        server.half(file, lack, passing);
        return new NotWhole("\"" + Shown.line(server.named(file)) + "\": " + lack);
    }

    /** Whether it turned out to be a file that was taken before, which its server did not delete. */
    static boolean takenBefore(Exchange exchange) {
        return exchange.getProperty(BEFORE, false, Boolean.class);
    }

    /** Its hash. */
    static String content(Exchange exchange) {
        return exchange.getProperty(CONTENT, "", String.class);
    }
}
