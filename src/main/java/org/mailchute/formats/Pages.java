package org.mailchute.formats;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.mailchute.formats.pdf.PdfPages;
import org.mailchute.spool.Companion;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;

/** How many pages a scan has. Reads what tells it and never the whole; what is not known is no fault of the scan. */
public final class Pages {
    /** Shown in place of a number that is not known. */
    public static final String UNKNOWN = "?";

    private Pages() {}

    /**
     * @param contentType such as {@code application/pdf}
     * @return 1 or more; empty when the type has no pages, or the file does not tell them
     */
    public static OptionalInt count(Path file, String contentType) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return switch (contentType) {
                case "image/jpeg", "image/png" -> OptionalInt.of(1);
                case "image/tiff" -> tiff(channel);
                case "application/pdf" -> PdfPages.count(channel);
                case "application/vnd.ms-xpsdocument" ->
                    new ZipDirectory(new FileWindow(channel, ByteOrder.LITTLE_ENDIAN)).pages();
                default -> OptionalInt.empty();
            };
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    /** Of all attachments together. */
    public static String shown(List<Companion> files, List<Ticket.Payload> payloads) {
        OptionalInt pages = of(payloads, number -> files.get(number).file());
        return pages.isPresent() ? String.valueOf(pages.getAsInt()) : UNKNOWN;
    }

    /** Of a message's attachments together, as they rest in the spool; 0 where nobody knows, or there is no scan. */
    public static int of(Ticket ticket, Spool spool) {
        return ticket.readyMade().isPresent()
                ? 0
                : of(ticket.payloads(), number -> spool.payload(ticket.queueId(), number))
                        .orElse(0);
    }

    private static OptionalInt of(List<Ticket.Payload> payloads, IntFunction<Path> file) {
        int pages = 0;
        for (int number = 0; number < payloads.size(); number++) {
            OptionalInt counted = count(file.apply(number), payloads.get(number).contentType());
            if (counted.isEmpty()) {
                return counted;
            }
            pages += counted.getAsInt();
        }
        return OptionalInt.of(pages);
    }

    private static OptionalInt tiff(FileChannel channel) throws IOException {
        String head = new FileWindow(channel, ByteOrder.BIG_ENDIAN).latin(0, TiffDirectories.START);
        Optional<ByteOrder> order = TiffDirectories.order(head);
        return order.isPresent()
                ? new TiffDirectories(new FileWindow(channel, order.get())).pages()
                : OptionalInt.empty();
    }
}
