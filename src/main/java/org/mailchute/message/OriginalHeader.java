package org.mailchute.message;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.function.IntFunction;
import org.mailchute.spool.Ticket;

/** The header of a message as its readers see it, and nothing of its body: what a notice about it returns. */
public final class OriginalHeader {
    private static final String END = "\r\n\r\n";

    private OriginalHeader() {}

    /**
     * @param payload where payload number n of the ticket is
     * @return US-ASCII, each line with CRLF
     */
    public static String of(Ticket ticket, IntFunction<Path> payload) throws IOException {
        try {
            String header = ticket.readyMade().isPresent()
                    ? stored(payload.apply(0))
                    : String.join(
                                    "\r\n",
                                    Collections.list(new MessageComposer()
                                            .compose(ticket, payload)
                                            .getAllHeaderLines()))
                            + "\r\n";
            return header.replaceAll("[^\\x09\\r\\n\\x20-\\x7E]", "?");
        } catch (MessagingException e) {
            throw new IOException("header of " + ticket.queueId(), e);
        }
    }

    private static String stored(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            String top = new String(in.readNBytes(ReadyMessage.MOST_HEADER), StandardCharsets.ISO_8859_1);
            int end = top.indexOf(END);
            return end < 0 ? top : top.substring(0, end + 2);
        }
    }
}
