package org.mailchute.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mailchute.settings.Durations;
import org.mailchute.spool.SpoolJson;
import org.mailchute.tracestore.TraceQuery;
import org.mailchute.tracestore.TraceStore;
import org.mailchute.tracestore.TraceStory;
import org.mailchute.tracestore.TracedMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mailchute trace}: where is my scan. */
@Command(
        name = "trace",
        description =
                "What has become of each message. Words are looked for in addresses, names of files, subjects, Message-IDs,"
                        + " queue ids and intakes; each must be there, or begin something there. Where one message is found, all that"
                        + " happened to it is told.",
        subcommands = TraceCommand.Forget.class,
        footer = {
            "",
            "Exit codes: 0 found, 1 no gateway is running, nothing was found or the trace cannot be read, 2 faulty settings or"
                    + " usage",
            "",
            "Examples:",
            "  mailchute trace anna@contoso.com --today",
            "  mailchute trace invoice 4711 --since 8:00",
            "  mailchute trace --outcome dead --last 7d",
            "  mailchute trace 00MFX2K1AB7Q0Z9C --json",
            "  mailchute trace forget anna@contoso.com"
        })
final class TraceCommand extends AnsweringCommand {
    private final Clock clock;

    @Parameters(paramLabel = "WORD", arity = "0..*", description = "What to look for.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Received then or later: 8:00 (today), 2026-11-29, or 2026-11-29T08:00.")
    private @Nullable String since;

    @Option(names = "--last", paramLabel = "TIME", description = "Received in this long until now, such as 2h or 7d.")
    private @Nullable String last;

    @Option(names = "--today", description = "Received today.")
    private boolean today;

    @Option(
            names = "--outcome",
            description =
                    "With this outcome for one recipient at least: waiting, accepted, deferred, dead, refused or dropped.")
    private TraceQuery.@Nullable Outcome outcome;

    @Option(
            names = "--most",
            paramLabel = "NUMBER",
            description = "Messages to be shown, the newest first, up to 1000. Default: ${DEFAULT-VALUE}.")
    private int most = 50;

    TraceCommand() {
        this(Clock.systemDefaultZone());
    }

    TraceCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        Map<String, String> query = query();
        ManagementClient gateway = gateway();
        if (words.size() == 1 && words.get(0).matches("[0-9A-Z]{16}")) {
            story(gateway, words.get(0));
            return 0;
        }
        String answer = gateway.get("/trace", query);
        List<TracedMessage> found = List.of(SpoolJson.read(answer, TracedMessage[].class));
        if (json) {
            out().println(answer.strip());
        } else if (found.size() == 1) {
            story(gateway, found.get(0).queueId());
        } else {
            found.forEach(message -> out().println(StoryLines.of(message)));
            out().println(
                            found.size() < most
                                    ? count(found.size(), "message")
                                    : "the newest " + most + ": say more, or --most");
        }
        return found.isEmpty() ? 1 : 0;
    }

    private Map<String, String> query() {
        Map<String, String> query = new TreeMap<>(Map.of("q", String.join(" ", words), "most", Integer.toString(most)));
        since().ifPresent(time -> query.put("since", time.toString()));
        if (outcome != null) {
            query.put("outcome", outcome.name());
        }
        return query;
    }

    private Optional<Instant> since() {
        Moments moments = new Moments(clock);
        try {
            if (last != null) {
                return Optional.of(clock.instant().minus(duration(last)));
            }
            return today
                    ? Optional.of(moments.today())
                    : Optional.ofNullable(since).map(moments::read);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private static Duration duration(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--last " + text + " is no time such as 2h or 7d", e);
        }
    }

    private void story(ManagementClient gateway, String id) throws Exception {
        String answer = gateway.get("/trace/message", Map.of("id", id));
        if (json) {
            out().println(answer.strip());
        } else {
            StoryLines.of(SpoolJson.read(answer, TraceStory.class)).forEach(out()::println);
        }
    }

    @Command(
            name = "forget",
            description =
                    "Erases a person from the trace: the address wherever it stands, and subjects and names of files of what"
                            + " it sent or was sent. The log keeps its lines (src/docs/privacy.md).")
    static final class Forget extends AnsweringCommand {
        @Parameters(paramLabel = "ADDRESS", description = "The whole address.")
        private String address = "";

        @Override
        public Integer call() throws Exception {
            ManagementClient gateway = gateway();
            Progress progress = new Progress(line().getErr());
            int messages = 0;
            TraceStore.Erased step = new TraceStore.Erased(0, "");
            do {
                progress.at(count(messages, "message"));
                String answer = gateway.post("/trace/forget", Map.of("address", address, "after", step.last()));
                step = SpoolJson.read(answer, TraceStore.Erased.class);
                messages += step.messages();
            } while (!step.last().isEmpty());
            if (json) {
                print(new JsonAnswers.Forgotten(address, messages));
            } else {
                out().printf("%s is erased from %s%n", address, count(messages, "message"));
            }
            return 0;
        }
    }
}
