package org.mailchute.message;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.mailchute.spool.Ticket;

/** A ready-made message, streamed from the spool as it is; only its author may be replaced, where a lane rewrites it. */
final class StoredMessage extends MimeMessage {
    /** Encoding may have made the header larger than it came. */
    private static final int MOST_HEADER = 4 * ReadyMessage.MOST_HEADER;

    private final Ticket ticket;
    private final Ticket.ReadyMade readyMade;
    private final Path file;

    StoredMessage(Ticket ticket, Ticket.ReadyMade readyMade, Path file) {
        super((Session) null);
        this.ticket = ticket;
        this.readyMade = readyMade;
        this.file = file;
    }

    /** What the server is told of the body (RFC 6152). */
    @Override
    public String getEncoding() {
        return readyMade.eightBit() ? "8bit" : "7bit";
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        long size = Files.size(file);
        if (size != ticket.payloads().get(0).size()) { // cut short on disk, it must not go out as if it were whole
            throw new IOException("payload %s has %,d octets, its ticket says %,d"
                    .formatted(
                            file.getFileName(), size, ticket.payloads().get(0).size()));
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            if (readyMade.rewritten()) {
                rewritten(in, out);
            } else {
                in.transferTo(out);
            }
        }
    }

    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException {
        writeTo(out);
    }

    Path file() {
        return file;
    }

    /** Its fields as they are sent, without the last line end of each. */
    List<String> header() throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return header(new PushbackInputStream(new BufferedInputStream(in), MOST_HEADER));
        }
    }

    private void rewritten(InputStream in, OutputStream out) throws IOException {
        PushbackInputStream source = new PushbackInputStream(new BufferedInputStream(in), MOST_HEADER);
        out.write((String.join("\r\n", header(source)) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        source.transferTo(out);
    }

    private List<String> header(PushbackInputStream source) throws IOException {
        try {
            CleanHeader header =
                    new CleanHeader(new HeaderReader(source, MOST_HEADER, false, StandardCharsets.US_ASCII).read());
            if (readyMade.rewritten()) {
                rewrite(header);
            }
            return header.lines();
        } catch (UnfitMessage e) {
            throw new IOException("payload " + file.getFileName() + ": " + e.reason(), e);
        }
    }

    private void rewrite(CleanHeader header) {
        if (!header.has("Reply-To")) {
            header.set("Reply-To", header.value("From"));
        }
        header.set(
                "From",
                HeaderText.name(ticket.header().fromName()) + "<"
                        + ticket.header().from() + ">");
        header.remove("Sender");
    }
}
