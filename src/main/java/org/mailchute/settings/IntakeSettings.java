package org.mailchute.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mailchute.broker.Queues;
import org.mailchute.intake.IntakeRule;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/**
 * The section {@code intake}: where input comes from.
 *
 * @param written each intake and where it is written; of one kind in the order of the file
 */
record IntakeSettings(List<Written> written, Settings.Drop drop) {
    /** An intake and where it is written. */
    record Written(Section section, IntakePlan plan) {}

    static final Kind<Duration> POLL = Kinds.duration("100ms", "1h");
    static final Kind<Duration> STABLE = Kinds.duration("0s", "1h");

    /** Folders go into an endpoint's address, where a question mark would begin its options. */
    private static final Kind<String> REMOTE = Kinds.text(
            "a folder on the server, such as scans/reception, without ? and ..",
            text -> Kinds.noControls(text) && !text.contains("?") && !text.contains("..") && !text.contains("{{"));

    static final Kind<String> QUEUE = Kinds.text(
            "a queue name of letters, digits and . _ - /, not one of Mailchute's own (mailchute....)",
            text -> text.matches("[A-Za-z0-9._/-]{1,200}") && !Queues.isOurs(text));

    /**
     * A new kind has its line here.
     *
     * @param maxBytes what accept allows, before base64
     */
    static IntakeSettings read(Section intake, Section server, Path home, long maxBytes) {
        List<Section> devices = intake.sections("drop");
        Settings.Drop drop = DropReader.read(server, devices, home);
        List<Written> all = Stream.of(
                        each(intake, "folders", IntakeSettings::folder),
                        DropReader.intakes(devices, drop.devices(), home),
                        each(intake, "ftp", polled -> ftp(polled, home)),
                        each(intake, "jms", IntakeSettings::jms),
                        each(intake, "pickup", folder -> PickupReader.read(folder, maxBytes)),
                        each(intake, "smtp", listener -> SmtpReader.read(listener, maxBytes)))
                .flatMap(Function.identity())
                .toList();
        OneName.each(all.stream().map(Written::section));
        FolderOverlap.check(all, home);
        if (all.isEmpty()) {
            intake.warning("folders", "no intake at all", "a folder, an FTP drop or a queue");
        }
        return new IntakeSettings(all, drop);
    }

    private static Stream<Written> each(Section intake, String kind, Function<Section, IntakePlan> reader) {
        return intake.sections(kind).stream().map(section -> new Written(section, reader.apply(section)));
    }

    List<IntakePlan> intakes() {
        return written.stream().map(Written::plan).toList();
    }

    List<String> queues() {
        return written.stream().flatMap(intake -> intake.plan().queues()).toList();
    }

    /** What each intake makes of its input. */
    Stream<IntakeRule> rules() {
        return written.stream().flatMap(intake -> intake.plan().rules());
    }

    private static IntakePlan.Folder folder(Section intake) {
        String name = intake.required("name", Kinds.ID);
        Path folder = intake.required("folder", watched(intake));
        IntakeRule rule = RuleReader.ofScan(intake, name);
        return new IntakePlan.Folder(
                IntakePlan.Folder.FOLDER,
                name,
                folder,
                intake.value("rejected", intake.path(), folder.resolve("rejected")),
                intake.value("subfolders", Kinds.FLAG, false) || rule.who().folders(),
                intake.value("poll", POLL, Duration.ofMillis(500)),
                intake.value("stableFor", STABLE, Duration.ofSeconds(5)),
                PlaceSettings.read(intake),
                rule);
    }

    static Kind<Path> watched(Section intake) {
        Kind<Path> path = intake.path();
        return new Kind<>("a path without ? and {{", path.standIn(), text -> {
            if (text.contains("?") || text.contains("{{")) {
                throw new IllegalArgumentException("it would begin options");
            }
            return path.parse().apply(text);
        });
    }

    private static IntakePlan.Ftp ftp(Section intake, Path home) {
        String name = intake.required("name", Kinds.ID);
        return new IntakePlan.Ftp(
                name,
                PolledSettings.read(intake),
                intake.value("folder", REMOTE, ""),
                intake.value("poll", POLL, Duration.ofSeconds(10)),
                intake.value("stableFor", STABLE, Duration.ofSeconds(10)),
                intake.value("rejected", intake.path(), home.resolve("rejected").resolve(folderName(name))),
                RuleReader.ofScan(intake, name, false));
    }

    static String folderName(String name) {
        return name.equals(Kinds.MISSING) ? "missing" : name;
    }

    private static IntakePlan.Jms jms(Section intake) {
        String name = intake.required("name", Kinds.ID);
        return new IntakePlan.Jms(
                name,
                intake.required("queue", QUEUE),
                intake.value("consumers", Kinds.whole(1, 50), 2),
                intake.value("maxRequestSize", Kinds.size("1KB", "250MB"), Sizes.parse("50MB")),
                RequestSettings.read(intake),
                RuleReader.ofRequest(intake, name));
    }
}
