package org.mailchute.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.envelope.MailAddress;
import org.mailchute.formats.Completeness;
import org.mailchute.intake.Addressees;
import org.mailchute.intake.IntakeRule;
import org.mailchute.intake.Refused;
import org.mailchute.intake.ScanTicket;
import org.mailchute.intake.Shown;
import org.mailchute.settings.IntakePlan;
import org.mailchute.settings.Settings;
import org.mailchute.sidecar.FolderNames;
import org.mailchute.sidecar.Sidecar;
import org.mailchute.sidecar.SidecarTicket;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;
import org.mailchute.spool.FolderRights;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;
import org.mailchute.watch.IgnoredNames;

/**
 * What would become of one file, asked of the classes the routes ask. It is read and nothing else.
 *
 * @param kind of its intake
 * @param rule of its intake
 * @param folder of its intake; empty where that is on a server
 * @param ignored names that its intake passes by
 * @param subfolder where it lies below its intake's folder
 */
record ExplainedFile(
        Path file, String kind, IntakeRule rule, String subfolder, Optional<Path> folder, IgnoredNames ignored) {
    private static final QueueId NONE = new QueueId("0".repeat(16));
    private static final String SETTINGS = "the intake's settings";
    private static final String SIDECAR = "the sidecar";

    /** @return empty when there is no such intake, or none holds the file */
    static Optional<ExplainedFile> of(Settings settings, Path file, Optional<String> intake) {
        Optional<ExplainedFile> watched = settings.folders().stream()
                .filter(folder -> intake.map(folder.name()::equals).orElseGet(() -> file.startsWith(plain(folder))))
                .findFirst()
                .map(folder -> new ExplainedFile(
                        file,
                        folder.kind(),
                        folder.rule(),
                        below(plain(folder), file),
                        Optional.of(plain(folder)),
                        new IgnoredNames(folder.places().ignored())));
        return watched.or(() -> settings.ftp().stream()
                .filter(server -> intake.filter(server.name()::equals).isPresent())
                .findFirst()
                .map(server -> new ExplainedFile(
                        file, "ftp", server.rule(), "", Optional.empty(), new IgnoredNames(List.of()))));
    }

    private static Path plain(IntakePlan.Folder folder) {
        return folder.folder().toAbsolutePath().normalize();
    }

    private static String below(Path folder, Path file) {
        Path parent = file.getParent();
        return parent == null || !parent.startsWith(folder)
                ? ""
                : folder.relativize(parent).toString();
    }

    /** Of its ticket what its settings and its name say, and whether it would be taken, with the reasons. */
    Told tell() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("intake", rule.intake() + " (" + kind + ")"));
        try {
            Optional<String> lack = lack();
            facts.add(new Fact("whole", lack.map(why -> "no: " + why).orElse("yes")));
            Optional<FolderRights.Lack> closed = closed();
            closed.ifPresent(why -> facts.add(new Fact("taken", "no: " + why)));
            Claimed claimed = claimed(facts);
            Ticket ticket = ScanTicket.make(rule, kind, claimed, "invalid", Instant.now());
            Optional<SidecarTicket> said = ScanTicket.said(rule, claimed);
            tell(ticket, rule.who().find(said, first(), claimed.name(), rule.to()), said, facts);
            return new Told(facts, Optional.of(ticket), lack.isEmpty() && closed.isEmpty());
        } catch (Refused e) {
            facts.add(new Fact("accept", "refused: " + e.reason() + "; " + e.remedy()));
        } catch (IOException e) {
            facts.add(new Fact("file", "cannot be read: " + e));
        }
        return new Told(facts, Optional.empty(), false);
    }

    /** One thing told of it. */
    record Fact(String what, String says) {}

    /**
     * What was told.
     *
     * @param ticket empty when it would be refused
     * @param taken it would be, as it is now
     */
    record Told(List<Fact> facts, Optional<Ticket> ticket, boolean taken) {
        Told {
            facts = List.copyOf(facts);
        }
    }

    /** With what would be claimed with it. */
    private Claimed claimed(List<Fact> facts) throws IOException {
        List<Path> pages = rule.pages().isPresent() ? rule.pages().get().pagesOf(file) : List.of(file);
        if (pages.size() > 1) {
            facts.add(new Fact("pages", names(pages)));
        }
        List<Companion> companions = new ArrayList<>();
        pages.stream().skip(1).forEach(page -> companions.add(Companion.at(Companion.Role.PAGE, page)));
        if (rule.sidecar().isPresent()) {
            Optional<Path> beside = sidecar(rule.sidecar().get(), pages.get(0));
            facts.add(new Fact("sidecar", names(beside.stream().toList())));
            beside.ifPresent(ticket -> companions.add(Companion.at(Companion.Role.SIDECAR, ticket)));
        }
        Path first = pages.get(0);
        return new Claimed(NONE, rule.intake(), String.valueOf(first.getFileName()), first, subfolder, companions);
    }

    private Optional<Path> sidecar(Sidecar sidecar, Path first) throws IOException {
        Optional<Path> own = sidecar.beside(first, rule.base(first));
        return own.isPresent()
                ? own
                : FolderNames.read(first.toAbsolutePath().resolveSibling(""), sidecar, rule::base)
                        .alike(first, rule.base(first));
    }

    private static String names(List<Path> files) {
        return files.isEmpty()
                ? "none"
                : files.stream()
                        .map(file -> Shown.line(String.valueOf(file.getFileName())))
                        .collect(Collectors.joining(", "));
    }

    private void tell(Ticket ticket, Addressees found, Optional<SidecarTicket> said, List<Fact> facts) {
        facts.add(new Fact("to", shown(found.to()) + ", from " + found.origin()));
        Stream.of(
                        new Field("cc", rule.cc(), SETTINGS),
                        new Field("cc", said.map(SidecarTicket::cc).orElse(List.of()), SIDECAR),
                        new Field("bcc", rule.bcc(), SETTINGS),
                        new Field("bcc", said.map(SidecarTicket::bcc).orElse(List.of()), SIDECAR))
                .filter(field -> !field.addresses.isEmpty())
                .forEach(field -> facts.add(new Fact(field.name, shown(field.addresses) + ", from " + field.origin)));
        String origin = said.flatMap(SidecarTicket::subject).isPresent() ? SIDECAR : SETTINGS;
        facts.add(new Fact("subject", '"' + ticket.header().subject() + "\", from " + origin));
    }

    private record Field(String name, List<MailAddress> addresses, String origin) {}

    private static String shown(List<MailAddress> addresses) {
        return addresses.isEmpty()
                ? "nobody"
                : addresses.stream().map(MailAddress::toString).collect(Collectors.joining(", "));
    }

    private String first() {
        return Path.of(subfolder).getName(0).toString();
    }

    /** Why it would wait, as a sentence about it. */
    private Optional<String> lack() throws IOException, Refused {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    ? new Refused("it is not a plain file but a link or the like", "put the file itself there")
                    : new Refused("there is no such file", "look at its name");
        }
        return ignored.ignores(String.valueOf(file.getFileName()))
                ? Optional.of("its name is that of a file under way, or one to ignore; rename it, and it is looked at")
                : Completeness.lacks(file)
                        .map(why ->
                                why + "; it would wait until it is, told of in the log: let its device save it again");
    }

    /** Where it lies in its intake's folder: whether the gateway can take it from there. */
    private Optional<FolderRights.Lack> closed() {
        return Optional.ofNullable(file.getParent())
                .filter(parent -> folder.filter(parent::startsWith).isPresent())
                .flatMap(FolderRights::lack);
    }
}
