package org.mailchute.boot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mailchute.boot.yaml.Section;
import org.mailchute.intake.IntakeRule;
import org.mailchute.intake.MailRequest;
import org.mailchute.intake.References;
import org.mailchute.intake.RequestPlaces;
import org.mailchute.intake.Templates;

/**
 * The keys of a JMS intake about what its requests may name.
 *
 * @param templates folder of message templates
 * @param references folder whose files may be attached
 */
public record RequestSettings(Optional<Path> templates, Optional<Path> references) {
    static final String[] KEYS = {"templates", "references"};

    static RequestSettings read(Section intake) {
        return new RequestSettings(folder(intake, "templates"), folder(intake, "references"));
    }

    private static Optional<Path> folder(Section intake, String key) {
        Optional<Path> folder = intake.optional(key, intake.path());
        folder.filter(path -> !Files.isDirectory(path))
                .ifPresent(path -> intake.warning(key, path.toString(), "a folder that is there"));
        return folder;
    }

    MailRequest reader(IntakeRule rule, Settings settings, long maxRequestBytes) {
        RequestPlaces places = new RequestPlaces(
                templates.map(Templates::new),
                references.map(
                        folder -> new References(folder, settings.policy().maxBytes())));
        return new MailRequest(rule, settings.name(), maxRequestBytes, places);
    }
}
