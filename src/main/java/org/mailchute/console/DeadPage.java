package org.mailchute.console;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.console.pages.JtecauseGenerated;
import org.mailchute.console.pages.JtedeadGenerated;
import org.mailchute.console.pages.JtedeadpageGenerated;
import org.mailchute.console.pages.JtedecideGenerated;
import org.mailchute.deadletter.DeadLetter;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.management.Managed;
import org.mailchute.management.Request;
import org.mailchute.management.Response;
import org.mailchute.spool.QueueId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dead letters by cause; sends them again, or throws them away. */
public final class DeadPage {
    static final String PATH = "/console/dead";

    private static final Logger LOG = LoggerFactory.getLogger(DeadPage.class);

    private static final int FIRST = 50;

    private final Managed gateway;
    private final Replays replays;

    DeadPage(Managed gateway, Replays replays) {
        this.gateway = gateway;
        this.replays = replays;
    }

    /**
     * All dead letters.
     *
     * @param causes that of most letters first
     * @param work what is being sent again now
     */
    public record Heap(List<Cause> causes, Optional<Replays.Progress> work) {
        public Heap {
            causes = List.copyOf(causes);
        }

        public int letters() {
            return causes.stream().mapToInt(cause -> cause.letters().size()).sum();
        }
    }

    /**
     * Those that were given up for the same reason.
     *
     * @param number on the page, from 0
     * @param letters the oldest first
     */
    public record Cause(int number, String reason, String remedy, List<DeadLetter> letters) {
        public Cause {
            letters = List.copyOf(letters);
        }

        /** Names it in addresses. */
        public String key() {
            return DeadPage.key(letters.get(0));
        }

        List<QueueId> messages() {
            return letters.stream()
                    .map(letter -> letter.check().queueId())
                    .distinct()
                    .toList();
        }

        boolean isOf(DeadLetter letter) {
            return DeadPage.key(letter).equals(key());
        }

        public List<DeadLetter> first() {
            return letters.stream().limit(FIRST).toList();
        }

        public int more() {
            return Math.max(0, letters.size() - FIRST);
        }
    }

    /**
     * What is to be decided.
     *
     * @param only the one recipient it is about; empty for all
     */
    public record Decided(String id, String only, List<DeadLetter> letters) {
        public Decided {
            letters = List.copyOf(letters);
        }

        public List<ForwardPath> recipients() {
            return letters.stream()
                    .flatMap(letter -> letter.check().recipients().stream())
                    .distinct()
                    .toList();
        }

        /** One for each reason. */
        public Collection<DeadLetter> causes() {
            return letters.stream()
                    .collect(Collectors.toMap(DeadPage::key, Function.identity(), (first, same) -> first))
                    .values();
        }

        /** Another address can stand in for one, not for many. */
        public boolean mayCorrect() {
            return recipients().size() == 1;
        }
    }

    private static String key(DeadLetter letter) {
        return Integer.toHexString((letter.reason() + "\n" + letter.remedy()).hashCode());
    }

    private Heap heap() throws Exception {
        Map<String, List<DeadLetter>> byCause =
                gateway.desk().list().stream().collect(Collectors.groupingBy(DeadPage::key));
        AtomicInteger number = new AtomicInteger();
        List<Cause> causes = byCause.values().stream()
                .sorted(Comparator.<List<DeadLetter>>comparingInt(List::size).reversed())
                .map(letters -> new Cause(
                        number.getAndIncrement(),
                        letters.get(0).reason(),
                        letters.get(0).remedy(),
                        letters))
                .toList();
        return new Heap(causes, replays.progress());
    }

    Response show(View view, Request request) throws Exception {
        Heap heap = heap();
        return Html.page(out -> JtedeadpageGenerated.render(out, null, view, heap, Done.of(request)));
    }

    String live(View view) throws Exception {
        Heap heap = heap();
        return Html.text(out -> JtedeadGenerated.render(out, null, view, heap));
    }

    Response decide(View view, Request request) throws Exception {
        String id = request.parameters().getOrDefault("id", "");
        String only = request.parameters().getOrDefault("recipient", "");
        Optional<ForwardPath> recipient = path(only);
        List<DeadLetter> letters = gateway.desk().list(new QueueId(id)).stream()
                .flatMap(letter -> letter.of(recipient).stream())
                .toList();
        if (letters.isEmpty()) {
            throw new IllegalArgumentException(view.say("dead.none", id));
        }
        Decided decided = new Decided(id, only, letters);
        return Html.page(out -> JtedecideGenerated.render(out, null, view.in(PATH), decided));
    }

    Response replay(View view, Request request) throws Exception {
        QueueId id = new QueueId(field(request, "id"));
        Optional<ForwardPath> as = path(field(request, "as").strip());
        List<ForwardPath> again = gateway.desk()
                .replay(
                        id,
                        path(field(request, "recipient")),
                        as,
                        view.visitor().person());
        return after(view, id, again, "replayed");
    }

    Response drop(View view, Request request) throws Exception {
        sure(view, request);
        QueueId id = new QueueId(field(request, "id"));
        List<ForwardPath> dropped = gateway.desk()
                .drop(id, path(field(request, "recipient")), view.visitor().person());
        return after(view, id, dropped, "dropped");
    }

    private Response after(View view, QueueId id, List<ForwardPath> recipients, String done) {
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException(view.say("dead.none", id.value()));
        }
        return Html.see(isTraced(id) ? MessagePage.path(id.value()) + "&done=" + done : PATH + "?done=" + done);
    }

    /** What is done is told as done, whether or not the trace still knows the message and can be read. */
    private boolean isTraced(QueueId id) {
        try {
            return gateway.trace().isPresent()
                    && gateway.trace().get().story(id.value()).isPresent();
        } catch (SQLException e) {
            LOG.debug("console: the trace cannot be read", e);
            return false;
        }
    }

    Response askAll(View view, Request request) throws Exception {
        Cause cause = cause(view, request.parameters().getOrDefault("key", ""));
        return Html.page(out -> JtecauseGenerated.render(out, null, view.in(PATH), cause));
    }

    Response replayAll(View view, Request request) throws Exception {
        sure(view, request);
        Cause cause = cause(view, field(request, "key"));
        replays.begin(view, cause);
        return Html.see(PATH + "?done=begun");
    }

    private Cause cause(View view, String key) throws Exception {
        return heap().causes().stream()
                .filter(cause -> cause.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(view.say("dead.nocause")));
    }

    private static void sure(View view, Request request) {
        if (!field(request, "sure").equals("yes")) {
            throw new IllegalArgumentException(view.say("decide.notsure"));
        }
    }

    private static String field(Request request, String name) {
        return request.form().getOrDefault(name, "");
    }

    private static Optional<ForwardPath> path(String text) {
        return Stream.of(text)
                .filter(some -> !some.isEmpty())
                .map(ForwardPath::parse)
                .findFirst();
    }
}
