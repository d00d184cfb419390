package org.mailchute.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.intake.IntakeRule;
import org.mailchute.intake.Refused;
import org.mailchute.nexthop.NextHop;
import org.mailchute.nexthop.RoutingTable;
import org.mailchute.reply.Service;
import org.mailchute.service.ServiceProfile;
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
final class ExplainCommand extends SettingsCommand {
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
        PrintWriter out = out();
        out.println("from " + sender + ", " + (size == 0 ? "no attachment" : "attachments of " + Sizes.text(size)));
        Forecast forecast = Forecast.of(settings);
        boolean all = true;
        for (ForwardPath recipient : paths) {
            out.println(recipient);
            all &= explain(forecast, sender, recipient, out);
        }
        return all ? 0 : 1;
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
        PrintWriter out = out();
        Path plain = scan.toAbsolutePath().normalize();
        ExplainedFile explained = ExplainedFile.of(settings, plain, Optional.ofNullable(intake))
                .orElseThrow(() -> usage(
                        intake == null
                                ? "no watched folder holds " + plain + ": give the intake by --intake"
                                : "no folder, drop or ftp intake is named " + intake));
        ExplainedFile.Told told = explained.tell(out);
        Optional<Ticket> ticket = told.ticket();
        if (ticket.isEmpty()) {
            return false;
        }
        size = ticket.get().payloads().get(0).size();
        Forecast forecast = Forecast.of(settings);
        boolean all = told.taken();
        for (ForwardPath recipient : ticket.get().recipients()) {
            out.println(recipient);
            all &= explain(forecast, ticket.get().header().from(), recipient, out);
        }
        return all;
    }

    private MailAddress sender(Settings settings) {
        return Optional.ofNullable(from)
                .or(() -> settings.rules().map(IntakeRule::from).findFirst())
                .orElseThrow(() -> usage("there is no intake: give the sender by --from"));
    }

    private boolean explain(Forecast forecast, MailAddress sender, ForwardPath recipient, PrintWriter out) {
        Ticket ticket = Forecast.ticket(sender, new ReversePath(Optional.of(sender)), List.of(recipient), size);
        Optional<Refused> refused = forecast.refusal(ticket);
        out.println("  accept  "
                + refused.map(no -> "refused: " + no.reason() + "; " + no.remedy())
                        .orElse("yes"));
        boolean carried = forecast.decide(sender, recipient)
                .map(decision -> explain(forecast, decision, ticket, out))
                .orElseGet(() -> noLane(recipient, out));
        return refused.isEmpty() && carried;
    }

    private static boolean noLane(ForwardPath recipient, PrintWriter out) {
        out.println("  lane    none: no rule for " + recipient.domain() + "; add one under next-hop");
        return false;
    }

    private static boolean explain(Forecast forecast, RoutingTable.Decision decision, Ticket ticket, PrintWriter out) {
        List<Settings.Lane> lanes = forecast.lanes(decision, ticket);
        if (lanes.isEmpty()) {
            out.println("  lane    none of " + String.join(", ", decision.lanes()) + " sends as "
                    + ticket.header().from() + "; see sender under lanes");
        }
        boolean fits = !lanes.isEmpty();
        for (Settings.Lane lane : lanes) {
            out.printf(
                    "  lane    %s: %s, %s:%d%s%n",
                    lane.name(),
                    way(lane.nextHop()),
                    lane.nextHop().host(),
                    lane.nextHop().port(),
                    as(lane));
            fits &= fits(forecast, lane, ticket, out);
        }
        out.println("  why     " + decision.explanation());
        return fits;
    }

    private static String way(NextHop hop) {
        String option = hop.option().label();
        return hop.service() == Service.EXCHANGE_ONLINE
                ? option
                : option + " by " + ServiceProfile.of(hop.service()).title();
    }

    private static String as(Settings.Lane lane) {
        return lane.sender().author().map(mailbox -> ", as " + mailbox).orElse("");
    }

    private static boolean fits(Forecast forecast, Settings.Lane lane, Ticket ticket, PrintWriter out) {
        Optional<Long> tooLarge = forecast.tooLarge(ticket, lane);
        tooLarge.ifPresent(bytes -> out.printf(
                "  size    too large: the finished message would have %s, the lane takes %s%n",
                Sizes.text(bytes), Sizes.text(lane.limits().messageBytes())));
        return tooLarge.isEmpty();
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
