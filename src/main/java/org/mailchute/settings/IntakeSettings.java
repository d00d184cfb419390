package org.mailchute.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mailchute.broker.Queues;
import org.mailchute.intake.IntakeRule;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** The section {@code intake}: where input comes from. */
record IntakeSettings(
        List<Settings.FolderIntake> folders,
        List<Settings.FtpIntake> ftp,
        List<Settings.JmsIntake> jms,
        Settings.Drop drop,
        List<Settings.PickupIntake> pickup,
        List<Settings.SmtpIntake> smtp,
        List<IntakeWarnings.Written> written) {
    static final Kind<Duration> POLL = Kinds.duration("100ms", "1h");
    static final Kind<Duration> STABLE = Kinds.duration("0s", "1h");

    /** Folders go into an endpoint's address, where a question mark would begin its options. */
    private static final Kind<String> REMOTE = Kinds.text(
            "a folder on the server, such as scans/reception, without ? and ..",
            text -> Kinds.noControls(text) && !text.contains("?") && !text.contains("..") && !text.contains("{{"));

    static final Kind<String> QUEUE = Kinds.text(
            "a queue name of letters, digits and . _ - /, not one of Mailchute's own (mailchute....)",
            text -> text.matches("[A-Za-z0-9._/-]{1,200}") && !Queues.isOurs(text));

    /** @param maxBytes what accept allows, before base64 */
    static IntakeSettings read(Section intake, Section server, Path home, long maxBytes) {
        List<Section> folders = intake.sections("folders");
        List<Section> ftp = intake.sections("ftp");
        List<Section> jms = intake.sections("jms");
        List<Section> devices = intake.sections("drop");
        List<Section> pickup = intake.sections("pickup");
        List<Section> smtp = intake.sections("smtp");
        List<Settings.FolderIntake> readFolders =
                folders.stream().map(IntakeSettings::folder).toList();
        Settings.Drop drop = DropReader.read(server, devices, home);
        List<Settings.FolderIntake> dropped = DropReader.intakes(devices, drop.devices(), home);
        List<Settings.FtpIntake> readFtp =
                ftp.stream().map(polled -> ftp(polled, home)).toList();
        List<Settings.JmsIntake> readJms = jms.stream().map(IntakeSettings::jms).toList();
        List<Settings.PickupIntake> readPickup = pickup.stream()
                .map(folder -> PickupReader.read(folder, maxBytes))
                .toList();
        List<Settings.SmtpIntake> readSmtp = smtp.stream()
                .map(listener -> SmtpReader.read(listener, maxBytes))
                .toList();
        List<IntakeWarnings.Written> written = new ArrayList<>();
        pair(folders, readFolders, Settings.FolderIntake::rule, written);
        pair(ftp, readFtp, Settings.FtpIntake::rule, written);
        pair(jms, readJms, Settings.JmsIntake::rule, written);
        pair(devices, dropped, Settings.FolderIntake::rule, written);
        OneName.each(List.of(folders, ftp, devices, jms, pickup, smtp));
        List<FolderOverlap.Watched> watched = Stream.concat(
                        readFolders.stream().map(FolderOverlap.Watched::of),
                        readPickup.stream().map(FolderOverlap.Watched::of))
                .toList();
        FolderOverlap overlap = new FolderOverlap(home);
        overlap.check(Stream.concat(folders.stream(), pickup.stream()).toList(), watched);
        overlap.checkPlaces(
                devices, dropped.stream().map(FolderOverlap.Watched::of).toList(), watched);
        if (Stream.of(folders, ftp, devices, jms, pickup, smtp).allMatch(List::isEmpty)) {
            intake.warning("folders", "no intake at all", "a folder, an FTP drop or a queue");
        }
        return new IntakeSettings(
                Stream.concat(readFolders.stream(), dropped.stream()).toList(),
                readFtp,
                readJms,
                drop,
                readPickup,
                readSmtp,
                written);
    }

    /** What each intake makes of its input. */
    Stream<IntakeRule> rules() {
        return written.stream().map(IntakeWarnings.Written::rule);
    }

    private static <T> void pair(
            List<Section> sections,
            List<T> intakes,
            Function<T, IntakeRule> rule,
            List<IntakeWarnings.Written> written) {
        for (int i = 0; i < intakes.size(); i++) {
            written.add(new IntakeWarnings.Written(sections.get(i), rule.apply(intakes.get(i))));
        }
    }

    private static Settings.FolderIntake folder(Section intake) {
        String name = intake.required("name", Kinds.ID);
        Path folder = intake.required("folder", watched(intake));
        IntakeRule rule = RuleReader.ofScan(intake, name);
        return new Settings.FolderIntake(
                Settings.FolderIntake.FOLDER,
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

    private static Settings.FtpIntake ftp(Section intake, Path home) {
        String name = intake.required("name", Kinds.ID);
        return new Settings.FtpIntake(
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

    private static Settings.JmsIntake jms(Section intake) {
        String name = intake.required("name", Kinds.ID);
        return new Settings.JmsIntake(
                name,
                intake.required("queue", QUEUE),
                intake.value("consumers", Kinds.whole(1, 50), 2),
                intake.value("maxRequestSize", Kinds.size("1KB", "250MB"), Sizes.parse("50MB")),
                RequestSettings.read(intake),
                RuleReader.ofRequest(intake, name));
    }
}
