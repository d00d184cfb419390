package org.mailchute.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.intake.IntakeRule;
import org.mailchute.settings.FaultySettings;
import org.mailchute.settings.Forecast;
import org.mailchute.settings.Settings;
import org.mailchute.settings.Sizes;
import org.mailchute.spool.Ticket;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code mailchute explain}: which way each recipient would go, and why. */
@Command(
        name = "explain",
        description = "Tells for each recipient which of Microsoft's options and which lane would carry a message,"
                + " the rule that decides, and whether it would be refused and why. Sends nothing.",
        footer = {
            "",
            "Exit codes: 0 every recipient would be tried, 1 at least one would be refused, or the file would wait or not be"
                    + " taken, 2 faulty settings or usage",
            "",
            "Examples:",
            "  mailchute explain anna@contoso.com buyer@fabrikam.com",
            "  mailchute explain --from scanner@contoso.com --size 12MB anna@contoso.com",
            "  mailchute explain --file /srv/scans/reception/anna@contoso.com/scan.pdf"
        })
final class ExplainCommand extends AnsweringCommand {
    @Parameters(arity = "0..*", paramLabel = "RECIPIENT", description = "Mail addresses.")
    private List<String> recipients = List.of();

    @Option(
            names = "--file",
            paramLabel = "PATH",
            description = "A scan, in its intake's folder or anywhere: whether it is whole, who gets it and why."
                    + " It stays where it is; in its folder a file is made, renamed and deleted for a trial.")
    private @Nullable Path file;

    @Option(
            names = "--intake",
            paramLabel = "NAME",
            description = "The intake that --file is taken as. Default: the one whose folder it lies in.")
    private @Nullable String intake;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            converter = Sender.class,
            description = "The sender. Default: that of the first intake.")
    private @Nullable MailAddress from;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            converter = Size.class,
            description = "Of all attachments as they come in, such as 12MB. Default: none.")
    private long size;

    @Override
    public Integer call() throws FaultySettings {
        if (recipients.isEmpty() && file == null) {
            throw usage("nothing to explain: give recipients, or a file by --file");
        }
        List<ForwardPath> paths = recipients.stream().map(this::recipient).toList();
        Settings settings = config.withoutSecrets();
        if (file != null) {
            return ofFile(settings, file) ? 0 : 1;
        }
        MailAddress sender = sender(settings);
        Forecast forecast = Forecast.of(settings);
        List<ExplainedRecipient> explained = paths.stream()
                .map(path -> ExplainedRecipient.of(forecast, sender, path, size))
                .toList();
        if (json) {
            print(new JsonAnswers.Explanation(
                    Optional.of(sender), size, Optional.empty(), explained, differs(settings)));
        } else {
            out().println("from " + sender + ", "
                    + (size == 0 ? "no attachment" : "attachments of " + Sizes.text(size)));
            explained.forEach(this::tell);
            tellOf(differs(settings));
        }
        return explained.stream().allMatch(ExplainedRecipient::goes) ? 0 : 1;
    }

    /** From a running gateway, where there is one that this user may ask. */
    private static boolean differs(Settings settings) {
        try {
            return new ManagementClient(settings.home())
                    .differs(settings.written().hash());
        } catch (ManagementClient.Unanswered e) {
            return false;
        }
    }

    private void tell(ExplainedRecipient explained) {
        explained.lines().forEach(out()::println);
    }

    /** Not a converter of picocli's, which calls a bad one of several arguments unmatched and does not say why. */
    private ForwardPath recipient(String text) {
        try {
            return ForwardPath.parse(text);
        } catch (IllegalArgumentException e) {
            throw usage('"' + text + "\" is no mail address");
        }
    }

    private boolean ofFile(Settings settings, Path scan) {
        Path plain = scan.toAbsolutePath().normalize();
        ExplainedFile explained = ExplainedFile.of(settings, plain, Optional.ofNullable(intake))
                .orElseThrow(() -> usage(
                        intake == null
                                ? "no watched folder holds " + plain + ": give the intake by --intake"
                                : "no folder, drop or ftp intake is named " + intake));
        ExplainedFile.Told told = explained.tell();
        Forecast forecast = Forecast.of(settings);
        List<ExplainedRecipient> each = told.ticket().stream()
                .flatMap(ticket -> ticket.recipients().stream()
                        .map(recipient ->
                                ExplainedRecipient.of(forecast, ticket.header().from(), recipient, bytes(ticket))))
                .toList();
        if (json) {
            print(new JsonAnswers.Explanation(
                    told.ticket().map(ticket -> ticket.header().from()),
                    told.ticket().map(ExplainCommand::bytes).orElse(0L),
                    Optional.of(new JsonAnswers.OfFile(plain.toString(), told.taken(), told.facts())),
                    each,
                    differs(settings)));
        } else {
            out().println("file " + plain);
            told.facts().forEach(fact -> out().printf("  %-7s %s%n", fact.what(), fact.says()));
            each.forEach(this::tell);
            tellOf(differs(settings));
        }
        return told.taken() && each.stream().allMatch(ExplainedRecipient::goes);
    }

    private static long bytes(Ticket ticket) {
        return ticket.payloads().get(0).size();
    }

    private MailAddress sender(Settings settings) {
        return Optional.ofNullable(from)
                .or(() -> settings.rules().map(IntakeRule::from).findFirst())
                .orElseThrow(() -> usage("there is no intake: give the sender by --from"));
    }

    /** Bad arguments become one line of picocli's, exit code 2. */
    private static <T> T converted(String text, Function<String, T> parse, String otherwise) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException('"' + text + "\" is " + otherwise);
        }
    }

    static final class Sender implements ITypeConverter<MailAddress> {
        @Override
        public MailAddress convert(String text) {
            return converted(text, MailAddress::parse, "no mail address");
        }
    }

    static final class Size implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return converted(text, Sizes::parse, "no size such as 64KB or 12MB");
        }
    }
}
