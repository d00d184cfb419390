package org.mailchute.simulator;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Azure Communication Services, for the scenario's one application: its secret is the password too.
 *
 * @param resource name of the Communication Services resource
 * @param tenantId the tenant's id, the last part of a user name of three
 * @param usernames SMTP Usernames of the resource, which stand for those three parts
 * @param mailFrom addresses of verified domains; {@code *@domain} for all of a domain, {@code *} for any
 * @param messagesPerMinute of all its users, then 450 4.5.127; likewise an hour
 */
public record Communication(
        String resource,
        String tenantId,
        List<String> usernames,
        List<String> mailFrom,
        int messagesPerMinute,
        int messagesPerHour) {
    public Communication {
        usernames = List.copyOf(usernames);
        mailFrom = List.copyOf(mailFrom);
    }

    boolean knows(String user, Scenario.App app) {
        return Stream.of(".", "|")
                        .map(between -> String.join(between, resource, app.clientId(), tenantId))
                        .anyMatch(user::equalsIgnoreCase)
                || usernames.contains(user);
    }

    boolean sends(String from) {
        return mailFrom.stream().anyMatch(allowed -> allows(allowed, from));
    }

    /** @param allowed an address, or {@code *} and what one ends in */
    static boolean allows(String allowed, String from) {
        boolean pattern = allowed.startsWith("*");
        String end = pattern ? allowed.substring(1) : allowed;
        return pattern
                ? from.toLowerCase(Locale.ROOT).endsWith(end.toLowerCase(Locale.ROOT))
                : from.equalsIgnoreCase(allowed);
    }
}
