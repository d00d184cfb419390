package org.mailchute.init;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.doctor.FirstLook;

/** What comes of the answers. */
public final class FirstSettings {
    /** Can be typed at a scanner's panel, and none is mistaken for another. */
    private static final String SIGNS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int PASSWORD = 20;
    private static final String SCRIPT = "tenant.ps1";
    private static final String PAGE = "tenant.md";

    private final Answered answers;
    private final Seen seen;
    private final Proposal proposal;

    FirstSettings(Answered answers, Seen seen) {
        this.answers = answers;
        this.seen = seen;
        this.proposal = Proposal.of(answers, seen);
    }

    /**
     * @param given valid answers, none {@link Question#missing}
     * @param look empty to ask nobody
     * @throws InterruptedException when told to stop
     */
    public static FirstSettings of(Map<Question, String> given, Optional<FirstLook> look) throws InterruptedException {
        Answered answers = Answered.of(given);
        return new FirstSettings(answers, look.isPresent() ? Seen.from(look.get(), answers) : Seen.nothing(answers));
    }

    /** What was looked up and tried, a line each. */
    public List<String> seen() {
        return seen.lines();
    }

    public Proposal proposal() {
        return proposal;
    }

    /** Those of {@link #files} that there always are, of any answers, which are there already. */
    public static List<Path> inTheWay(Path settings) {
        return Stream.of(settings, settings.resolveSibling(SCRIPT), settings.resolveSibling(PAGE))
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    /** The settings, what is to be done in the tenant beside them, and passwords for whom the gateway lets in. */
    public NewFiles files(Path file) {
        TenantTexts tenant = new TenantTexts(answers, seen, proposal);
        Path place = file.toAbsolutePath().normalize();
        NewFiles files = new NewFiles(Optional.ofNullable(place.getParent()).orElse(place))
                .add(place.getFileName().toString(), settings().text())
                .add(SCRIPT, tenant.script())
                .add(PAGE, tenant.page());
        settings().passwords().forEach(name -> files.addSecret(name, password()));
        return files;
    }

    private ShortSettings settings() {
        return new ShortSettings(answers, seen, proposal);
    }

    private static String password() {
        return new SecureRandom()
                .ints(PASSWORD, 0, SIGNS.length())
                .mapToObj(at -> SIGNS.substring(at, at + 1))
                .collect(Collectors.joining());
    }

    /** Files that the settings name and that come from the tenant or an authority. */
    public List<String> wanted() {
        return settings().wanted().toList();
    }

    /** Whether the settings have ids that the tenant has yet to give. */
    public boolean idsMissing() {
        return answers.clientId().equals(AnswerWords.NO_ID)
                && proposal.ways().anyMatch(way -> way.logsIn() && way != Way.ACS);
    }
}
