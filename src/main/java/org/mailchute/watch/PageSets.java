package org.mailchute.watch;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.mailchute.intake.PagePattern.PageName;
import org.mailchute.intake.PageRule;

/**
 * The scans of one folder that come as a file a page. Their pages are told one by one, as a poll finds them; a set is handed
 * on by its first page, when each page is whole and none has come or changed for the quiet time.
 */
final class PageSets {
    /** Of one scan; what is beyond it becomes one more message. */
    static final int MOST = 500;

    private static final int MANY = 1_000;
    /** No poll interval is longer than an hour. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(2);

    private final PageRule rule;
    private final Clock clock;
    private final Map<Key, PageSet> sets = new HashMap<>();

    private record Key(Path folder, String base) {}

    private record Page(int number, Path file) {}

    /** By their numbers; should two have the same, by name. */
    private static final Comparator<Page> IN_ORDER =
            Comparator.comparingInt(Page::number).thenComparing(Page::file);

    /** Pages, and whether each is whole and quiet. */
    private static final class PageSet {
        final TreeMap<Page, Boolean> pages = new TreeMap<>(IN_ORDER);
        Instant lastCame = Instant.MIN;
        Instant lastSeen = Instant.MIN;

        boolean begins(Page page) {
            while (!pages.isEmpty() && gone(pages.firstKey())) {
                pages.pollFirstEntry();
            }
            return !pages.isEmpty() && pages.firstKey().equals(page);
        }

        boolean allReady() {
            pages.keySet().removeIf(PageSets::gone);
            return !pages.containsValue(false);
        }
    }

    PageSets(PageRule rule, Clock clock) {
        this.rule = rule;
        this.clock = clock;
    }

    /** Whether a file of this name is a page. */
    boolean holds(Path file) {
        return name(file).isPresent();
    }

    /**
     * One look at a page.
     *
     * @param unchanged for how long we have seen it so
     * @param whole as far as can be told of it alone
     * @return whether the set is to be handed on, by this page
     */
    synchronized boolean ready(Path file, Duration unchanged, boolean whole) {
        PageName name = name(file).orElseThrow();
        PageSet set = sets.computeIfAbsent(key(file, name), key -> new PageSet());
        Page page = new Page(name.page(), file);
        boolean quiet = whole && unchanged.compareTo(rule.quiet()) >= 0;
        set.lastSeen = clock.instant();
        if (set.pages.put(page, quiet) == null) {
            set.lastCame = set.lastSeen;
        }
        boolean noneCame = !set.lastCame.plus(rule.quiet()).isAfter(set.lastSeen);
        boolean ready = quiet && noneCame && set.begins(page) && set.allReady();
        forgetUnseen(set.lastSeen);
        return ready;
    }

    /** Somebody took all their pages away. */
    private void forgetUnseen(Instant now) {
        if (sets.size() > MANY) {
            sets.values().removeIf(set -> set.lastSeen.plus(FORGOTTEN_AFTER).isBefore(now));
        }
    }

    private static boolean gone(Page page) {
        return Files.notExists(page.file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * The pages that follow the first in its set, in their order.
     *
     * @return empty when the set is not to be handed on by this page now: since it was, another page came before it, or one
     *     came or changed that is not quiet yet
     */
    synchronized Optional<List<Path>> following(Path first) {
        return set(first)
                .filter(set -> set.pages.firstKey().file.equals(first) && !set.pages.containsValue(false))
                .map(set -> set.pages.keySet().stream()
                        .map(Page::file)
                        .filter(page -> !page.equals(first))
                        .limit(MOST - 1)
                        .toList());
    }

    /** They were claimed. */
    synchronized void forget(Path first, List<Path> following) {
        Set<Path> claimed = new HashSet<>(following);
        claimed.add(first);
        key(first)
                .ifPresent(key -> sets.computeIfPresent(key, (same, set) -> {
                    set.pages.keySet().removeIf(page -> claimed.contains(page.file));
                    return set.pages.isEmpty() ? null : set;
                }));
    }

    private Optional<PageSet> set(Path file) {
        return key(file).map(sets::get);
    }

    private Optional<Key> key(Path file) {
        return name(file).map(name -> key(file, name));
    }

    private Optional<PageName> name(Path file) {
        return rule.name(file);
    }

    private static Key key(Path file, PageName name) {
        return new Key(file.resolveSibling("").toAbsolutePath(), name.base().toLowerCase(Locale.ROOT));
    }
}
