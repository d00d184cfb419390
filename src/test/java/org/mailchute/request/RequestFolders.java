package org.mailchute.request;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Ticket;

/** A folder of templates and one of files to refer to, and requests that may name what is in them. */
public final class RequestFolders {
    public static final long LARGEST = 1_000;

    public final Path outside;
    public final Path templates;
    public final Path files;
    public SampleRequest.Kept kept = new SampleRequest.Kept();

    public RequestFolders(Path root) throws IOException {
        outside = Files.writeString(root.resolve("secret.txt"), "not for anybody");
        templates = Files.createDirectories(root.resolve("templates"));
        files = root.resolve("files");
        Files.createDirectories(files.resolve("2026"));
        Files.writeString(files.resolve("2026/invoice.pdf"), "%PDF- invoice");
        Files.writeString(templates.resolve("reminder.subject"), "Invoice ${number}\n");
        Files.writeString(templates.resolve("reminder.txt"), "Dear ${name},\ninvoice ${number} is open.\n");
        Files.writeString(templates.resolve("reminder.html"), "<p title=\"${name}\">Dear ${name}</p>");
        Files.writeString(templates.resolve("plain.txt"), "No fields.");
    }

    Ticket read(String json) throws IOException, Refused {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    Ticket read(byte[] json) throws IOException, Refused {
        kept = new SampleRequest.Kept() {
            @Override
            public Optional<InputStream> body() {
                return Optional.of(new ByteArrayInputStream(new byte[] {1, 2, 3}));
            }
        };
        RequestPlaces places = new RequestPlaces(
                Optional.of(new Templates(templates)), Optional.of(new AttachmentFolder(files, LARGEST)));
        return new MailRequest(SampleRequest.rule(), "gw.x.example", 100_000_000, places)
                .read(new ByteArrayInputStream(json), SampleRequest.ID, "ID:broker-1", SampleRequest.NOON, kept);
    }
}
