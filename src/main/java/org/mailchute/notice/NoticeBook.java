package org.mailchute.notice;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.mailchute.envelope.MailAddress;
import org.mailchute.trace.DeliveryEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be told, and what was. The same cause is told once, then with its count once in a while; all of it at most so often an hour; of
 * a condition that it stands and that it is over. On disk after {@link #save}, so that a restart neither forgets nor repeats. Its memory is
 * bounded. Safe between threads.
 */
public final class NoticeBook {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeBook.class);
    private static final Duration HOUR = Duration.ofHours(1);
    /** All of the spool's names are read for it. */
    private static final Duration LOOK = Duration.ofMinutes(1);
    /** Causes and addressees; what is beyond is counted for the administrator. */
    private static final int MOST = 200;
    /** Events that the broker may give again after a crash: some batches of them. */
    private static final int REMEMBERED = 1000;

    private final Supplier<NoticePlan> plan;
    private final NoticeFile file;
    private final Clock clock;
    private final Set<String> seen;
    private final Deque<Instant> told;
    private final Map<String, Cause> causes = new LinkedHashMap<>();
    private final Map<String, Standing> standings = new LinkedHashMap<>();
    private Instant looked;
    private boolean changed;
    private boolean faultTold;

    private NoticeBook(Supplier<NoticePlan> plan, NoticeFile file, NoticeFile.State state, Clock clock) {
        this.plan = plan;
        this.file = file;
        this.clock = clock;
        this.seen = new LinkedHashSet<>(state.seen());
        this.told = new ArrayDeque<>(state.told());
        this.looked =
                state.looked().orElseGet(() -> clock.instant().minus(plan.get().delay()));
        this.changed = state.looked().isEmpty();
        state.causes().forEach(cause -> causes.put(cause.key(), cause));
        state.standings().forEach(standing -> standings.put(standing.condition().key(), standing));
    }

    /** Reads what was told before; {@code path} need not be there. */
    public static NoticeBook open(Path path, Supplier<NoticePlan> plan, Clock clock) throws IOException {
        NoticeFile file = new NoticeFile(path);
        return new NoticeBook(plan, file, file.read(), clock);
    }

    /** @param id the same whenever the broker gives this event again */
    public synchronized void note(String id, DeliveryEvent event) {
        Matter.of(event).filter(matter -> seen.add(id)).ifPresent(this::note);
        while (seen.size() > REMEMBERED) {
            seen.remove(seen.iterator().next());
        }
    }

    /** What no event tells. */
    public synchronized void note(Matter matter) {
        changed = true;
        DeliveryEvent event = matter.event();
        String to =
                new WhoIsTold(plan.get()).of(event).map(MailAddress::toString).orElse("");
        Cause cause = Cause.of(to, matter);
        if (!causes.containsKey(cause.key()) && causes.size() >= MOST) {
            cause = Cause.various(matter.what());
        }
        String key = cause.key();
        causes.put(key, causes.getOrDefault(key, cause).with(event, clock.instant()));
    }

    /** The administrator learns in place of somebody whom nothing can be sent to. */
    public synchronized void redirect(Notice notice) {
        told(notice);
        for (Cause cause : notice.causes()) {
            Cause his = cause.forAdministrator();
            causes.merge(his.key(), his, Cause::plus);
        }
    }

    /** Messages that came in this time and still wait are delayed. @param from exclusive; @param to inclusive */
    public record Span(Instant from, Instant to) {}

    /** What is to be looked at now; empty where no delay is told of. */
    public synchronized Optional<Span> delayed() {
        Instant to = clock.instant().minus(plan.get().delay());
        looked = looked.isAfter(clock.instant()) ? to : looked;
        return plan.get().delay().isZero() || to.isBefore(looked.plus(LOOK))
                ? Optional.empty()
                : Optional.of(new Span(looked, to));
    }

    /** All of it was looked at, and what is delayed was noted. */
    public synchronized void looked(Span span) {
        looked = span.to();
    }

    /** @param now every condition that stands */
    public synchronized void stand(List<Condition> now) {
        Instant time = clock.instant();
        Map<String, Condition> standing = new LinkedHashMap<>();
        now.forEach(condition -> standing.put(condition.key(), condition));
        standings.replaceAll((key, before) -> {
            Optional<Condition> still = Optional.ofNullable(standing.remove(key));
            changed |= before.stands() != still.isPresent();
            return before.now(still.orElse(before.condition()), still.isPresent(), time);
        });
        standing.forEach((key, condition) -> standings.put(key, Standing.begun(condition, time)));
        changed |= !standing.isEmpty();
        changed |=
                standings.values().removeIf(past -> past.isPast(time, plan.get().digest()));
    }

    /** The next notice that may be told now, conditions first. */
    public synchronized Optional<Notice> next() {
        Instant now = clock.instant();
        told.removeIf(time -> Standing.isOver(Optional.of(time), now, HOUR));
        causes.values().removeIf(past -> past.isPast(now, plan.get().digest()));
        return told.size() < plan.get().mostAnHour() ? changes(now).or(() -> due(now)) : Optional.empty();
    }

    private Optional<Notice> changes(Instant now) {
        List<Standing> news = standings.values().stream()
                .filter(standing -> standing.isNews(now, plan.get().digest()))
                .toList();
        return news.isEmpty() ? Optional.empty() : Optional.of(new Notice("", List.of(), news));
    }

    /** All that is due for who has waited longest. */
    private Optional<Notice> due(Instant now) {
        List<Cause> due = causes.values().stream()
                .filter(cause -> cause.isDue(now, plan.get().digest()))
                .sorted(Comparator.comparing(cause -> cause.since().orElse(now)))
                .toList();
        return due.stream()
                .findFirst()
                .map(first -> new Notice(
                        first.to(),
                        due.stream()
                                .filter(cause -> cause.to().equals(first.to()))
                                .toList(),
                        List.of()));
    }

    /** It is on its way for good. */
    public synchronized void told(Notice notice) {
        Instant now = clock.instant();
        changed = true;
        told.add(now);
        notice.causes().forEach(cause -> causes.computeIfPresent(cause.key(), (key, known) -> known.told(cause, now)));
        notice.changes()
                .forEach(change ->
                        standings.computeIfPresent(change.condition().key(), (key, known) -> known.told(now)));
    }

    /** What changed is on disk when this returns; where that fails it is known until the gateway ends. */
    public synchronized void save() {
        if (!changed) {
            return;
        }
        try {
            file.write(new NoticeFile.State(
                    Optional.of(looked),
                    List.copyOf(seen),
                    List.copyOf(told),
                    new ArrayList<>(causes.values()),
                    new ArrayList<>(standings.values())));
            changed = false;
            faultTold = false;
        } catch (IOException e) {
            if (!faultTold) {
                LOG.warn(
                        "{} cannot be written; what is not told yet is lost by a crash now: {}",
                        file.path(),
                        e.toString());
            }
            faultTold = true;
        }
    }
}
