package org.mailchute.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mailchute.envelope.DeviceText;
import org.mailchute.intake.ReadyRule;
import org.mailchute.intake.ReadyTicket;
import org.mailchute.request.AttachmentFolder;
import org.mailchute.request.MailRequest;
import org.mailchute.request.RequestBook;
import org.mailchute.request.RequestPlaces;
import org.mailchute.request.Requests;
import org.mailchute.request.Templates;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/**
 * The keys of a JMS intake about its requests.
 *
 * @param templates folder of message templates
 * @param references folder whose files may be attached
 * @param answers where delivery events go when a request has no JMSReplyTo: {@code queue:NAME} or {@code topic:NAME}
 * @param remembered how long request ids are known
 */
public record RequestSettings(
        Optional<Path> templates, Optional<Path> references, Optional<String> answers, Duration remembered) {
    private static final Kind<String> ANSWERS = Kinds.text(
            "queue:NAME or topic:NAME, not one of Mailchute's own",
            text -> text.matches("(queue|topic):(?!mailchute\\.|activemq\\.)[A-Za-z0-9][A-Za-z0-9._/-]{0,199}"));
    private static final Kind<Duration> REMEMBERED = Kinds.duration("1m", "90d");

    static RequestSettings read(Section intake) {
        return new RequestSettings(
                folder(intake, "templates"),
                folder(intake, "references"),
                intake.optional("answers", ANSWERS),
                intake.value("rememberIds", REMEMBERED, Duration.ofDays(7)));
    }

    private static Optional<Path> folder(Section intake, String key) {
        Optional<Path> folder = intake.optional(key, intake.path());
        folder.filter(path -> !Files.isDirectory(path))
                .ifPresent(path -> intake.warning(key, path.toString(), "a folder that is there"));
        return folder;
    }

    Requests open(IntakePlan.Jms intake, Settings settings, Clock clock) throws IOException {
        long maxBytes = settings.policy().maxBytes();
        RequestPlaces places = new RequestPlaces(
                templates.map(Templates::new), references.map(folder -> new AttachmentFolder(folder, maxBytes)));
        ReadyRule ready = new ReadyRule(
                intake.name(),
                Optional.of(intake.rule().from()),
                List.of(),
                settings.policy().maxRecipients(),
                intake.maxRequestBytes(),
                false,
                DeviceText.WINDOWS,
                intake.rule().priority());
        Path book = settings.home().resolve("requests").resolve(intake.name() + ".ids");
        return new Requests(
                new MailRequest(intake.rule(), settings.name(), intake.maxRequestBytes(), places),
                new ReadyTicket(ready, settings.name()),
                new RequestBook(book, remembered, clock),
                answers,
                intake.maxRequestBytes());
    }
}
