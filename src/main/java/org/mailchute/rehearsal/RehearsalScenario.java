package org.mailchute.rehearsal;

import java.util.List;
import java.util.stream.Stream;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.envelope.MailAddress;
import org.mailchute.reply.Service;
import org.mailchute.settings.Settings;
import org.mailchute.simulator.Communication;
import org.mailchute.simulator.HveAccount;
import org.mailchute.simulator.Scenario;
import org.mailchute.simulator.Scenario.Connector;
import org.mailchute.simulator.Scenario.Mailbox;

/** The tenant that the settings take for granted: its domains, and mailboxes that may send as whom the settings let send. */
record RehearsalScenario(Settings real) {
    static final String PASSWORD = "rehearsal";
    /** By which a connector knows a lane that has no certificate; any of 127/8 will do on Linux. */
    static final String CONNECTOR_ADDRESS = "127.0.0.2";

    Scenario scenario() {
        List<String> senders = Stream.concat(senders().map(MailAddress::toString), patterns())
                .distinct()
                .toList();
        List<String> domains = Stream.concat(
                        Stream.concat(
                                senders().map(MailAddress::domain), patterns().flatMap(RehearsalScenario::domain)),
                        real.routing().stream()
                                .map(rule -> rule.pattern().replace("*.", ""))
                                .filter(domain -> !domain.equals("*")))
                .distinct()
                .toList();
        List<Mailbox> mailboxes = users(Service.EXCHANGE_ONLINE)
                .map(user -> new Mailbox(user, PASSWORD, senders))
                .toList();
        Scenario standard = Scenario.standard();
        String own = domains.isEmpty() ? "contoso.example" : domains.get(0);
        return new Scenario(
                domains,
                false,
                mailboxes,
                standard.app(),
                new Connector(own, List.of(CONNECTOR_ADDRESS)),
                standard.limits(),
                "",
                0,
                List.of(),
                users(Service.HVE).map(user -> new HveAccount(user, PASSWORD)).toList(),
                new Communication(
                        standard.acs().resource(),
                        standard.acs().tenantId(),
                        users(Service.ACS).toList(),
                        senders,
                        standard.acs().messagesPerMinute(),
                        standard.acs().messagesPerHour()));
    }

    private Stream<MailAddress> senders() {
        return Stream.concat(
                real.rules()
                        .flatMap(rule -> Stream.concat(Stream.of(rule.from()), rule.reversePath().address().stream())),
                real.pickup().stream().flatMap(pickup -> pickup.rule().from().stream()));
    }

    /** Whoever writes to a pickup folder, sends by SMTP or publishes requests may be any of these. */
    private Stream<String> patterns() {
        return Stream.concat(
                        real.pickup().stream().flatMap(pickup -> pickup.rule().senders().stream()),
                        real.policy().senders().stream())
                .map(AddressPattern::pattern);
    }

    private static Stream<String> domain(String pattern) {
        return Stream.of(pattern.substring(pattern.indexOf('@') + 1).replace("*.", ""))
                .filter(domain -> !domain.equals("*"));
    }

    private Stream<String> users(Service service) {
        return real.lanes().stream()
                .filter(lane -> lane.nextHop().service() == service)
                .flatMap(lane -> lane.login().account().stream())
                .distinct();
    }
}
