package org.mailchute.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.limits.Allowance;
import org.mailchute.limits.BudgetJournals;
import org.mailchute.limits.Pace;
import org.mailchute.limits.SendingLimits;
import org.mailchute.reply.Service;
import org.mailchute.settings.Settings;
import org.mailchute.smtp.Seats;

/**
 * What lanes share that log in as the same mailbox: Microsoft counts by mailbox, whatever lane or host a message takes. The lowest
 * figures of these lanes hold for all. A lane without a login has everything for itself.
 */
public final class MailboxShares {
    private static final Pattern ODD = Pattern.compile("[^a-z0-9.@_-]");
    /** File systems end at 255, and an ending is to follow. */
    private static final int LONGEST = 150;

    private final BudgetJournals budgets;
    private final List<Settings.Lane> lanes;
    private final Surroundings surroundings;
    private final Map<String, Part> parts = new HashMap<>();

    MailboxShares(Settings settings, Surroundings surroundings, BudgetJournals budgets) {
        this.budgets = budgets;
        this.lanes = settings.lanes();
        this.surroundings = surroundings;
    }

    /** @param limits those of the lane, with the mailbox's where they are shared */
    record Share(SendingLimits limits, Allowance allowance, Seats seats) {}

    private record Part(Allowance allowance, Seats seats) {}

    Share of(Settings.Lane lane) throws IOException {
        SendingLimits limits = limits(lanes, lane);
        Part part = parts.get(key(lane));
        if (part == null) {
            Allowance allowance =
                    Allowance.open(budgets, file(key(lane)), limits, surroundings.clock(), surroundings.uptime());
            part = new Part(allowance, new Seats(sessions(lane, allowance.pace())));
            parts.put(key(lane), part);
        }
        return new Share(limits, part.allowance(), part.seats());
    }

    /** Asked anew each time. Without a login nobody counts them. */
    private IntSupplier sessions(Settings.Lane lane, Pace pace) {
        return lane.login().account().isEmpty() ? pace::sessions : () -> budgets.sessions(pace.sessions());
    }

    /** A lane's own, with the lowest figures of the lanes that share its mailbox. */
    public static SendingLimits limits(List<Settings.Lane> lanes, Settings.Lane lane) {
        return lanes.stream()
                .filter(other -> same(other, lane))
                .map(Settings.Lane::limits)
                .reduce(lane.limits(), SendingLimits::sharedWith);
    }

    /** These, and those that log in as the mailbox of one of them, before or afterwards. */
    static Set<String> withTheirs(Set<String> names, List<Settings.Lane> before, List<Settings.Lane> after) {
        List<Settings.Lane> all = Stream.concat(before.stream(), after.stream()).toList();
        Set<String> keys = all.stream()
                .filter(lane -> names.contains(lane.name()))
                .map(MailboxShares::key)
                .collect(Collectors.toSet());
        Set<String> theirs = new HashSet<>(names);
        all.stream()
                .filter(lane -> keys.contains(key(lane)))
                .map(Settings.Lane::name)
                .forEach(theirs::add);
        return theirs.size() == names.size() ? theirs : withTheirs(theirs, before, after);
    }

    /** Whether the server counts what they send together. */
    public static boolean same(Settings.Lane one, Settings.Lane other) {
        return key(one).equals(key(other));
    }

    private static String key(Settings.Lane lane) {
        return lane.login()
                .account()
                .map(account -> kind(lane.nextHop().service()) + account.toLowerCase(Locale.ROOT))
                .orElse("lane-" + lane.name());
    }

    /** Services that share no account share no limit. */
    private static String kind(Service service) {
        return service == Service.EXCHANGE_ONLINE ? "mailbox-" : service.label() + "-";
    }

    /** A local part may have any sign, and be long. */
    private static String file(String key) {
        String safe = ODD.matcher(key).replaceAll(odd -> hex(odd.group()));
        return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "-" + Integer.toHexString(key.hashCode());
    }

    private static String hex(String sign) {
        StringBuilder hex = new StringBuilder();
        for (byte octet : sign.getBytes(StandardCharsets.UTF_8)) {
            hex.append("%%%02x".formatted(octet & 0xff));
        }
        return hex.toString();
    }
}
