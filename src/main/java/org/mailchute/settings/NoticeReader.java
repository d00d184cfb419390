package org.mailchute.settings;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailchute.credentials.HttpsProxy;
import org.mailchute.credentials.SecretText;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.intake.AcceptPolicy;
import org.mailchute.intake.Refused;
import org.mailchute.nexthop.RoutingTable;
import org.mailchute.nexthop.Rule;
import org.mailchute.notice.NoticePlan;
import org.mailchute.notice.WebhookPlan;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** The section {@code notices} and the key {@code owner} of each intake: nobody is told anything unless the section is there. */
final class NoticeReader {
    private static final Kind<SecretText> URL = new Kind<>(
            "an https address by ${env:NAME} or ${file:/path}, such as https://hooks.contoso.com/a1b2, without user and password",
            new SecretText("https://localhost/"),
            true,
            NoticeReader::url);

    private static final Kind<WebhookPlan.Body> BODY = Kinds.oneOf(List.of(WebhookPlan.Body.values()));

    private final AcceptPolicy policy;
    private final RoutingTable table;
    private final Optional<HttpsProxy> proxy;

    NoticeReader(AcceptPolicy policy, List<Rule> routing, Optional<HttpsProxy> proxy) {
        this.policy = policy;
        this.table = new RoutingTable(routing);
        this.proxy = proxy;
    }

    private static SecretText url(String text) {
        URI address = URI.create(text);
        if (!"https".equals(address.getScheme())
                || address.getHost() == null
                || address.getUserInfo() != null
                || text.length() > 2_000) {
            throw new IllegalArgumentException("no https address");
        }
        return new SecretText(text);
    }

    NoticePlan read(Section top, IntakeSettings intakes, Set<String> domains) {
        Section notices = top.section("notices");
        boolean on = top.has("notices");
        Optional<MailAddress> from = notices.optional("from", Kinds.ADDRESS);
        Optional<MailAddress> to = notices.optional("to", Kinds.ADDRESS);
        if (on) {
            require(notices, from, to);
        }
        NoticePlan plan = new NoticePlan(
                from,
                to,
                webhook(notices),
                notices.value("delay", Kinds.duration("0s", "30d"), Duration.ofHours(4)),
                notices.value("digest", Kinds.duration("1m", "7d"), Duration.ofHours(1)),
                notices.value("mostAnHour", Kinds.whole(1, 1000), 20),
                owners(intakes, from),
                domains);
        if (!on && !plan.owners().isEmpty()) {
            top.section("intake").warning("owner", "somebody who is told nothing", "a section notices, or no owner");
        }
        return on ? plan : NoticePlan.OFF;
    }

    private void require(Section notices, Optional<MailAddress> from, Optional<MailAddress> to) {
        if (from.isEmpty()) {
            notices.missing("from", "the author of notices, such as mailchute@contoso.com");
        }
        if (to.isEmpty() && !notices.has("webhook")) {
            notices.missing("to", "the administrator's address, or a webhook");
        }
        from.ifPresent(author -> author(notices, author));
        to.ifPresent(address -> reach(notices, "to", from, address));
    }

    private Map<String, NoticePlan.Owner> owners(IntakeSettings intakes, Optional<MailAddress> from) {
        Map<String, NoticePlan.Owner> owners = new HashMap<>();
        for (IntakeSettings.Written intake : intakes.written()) {
            intake.section().optional("owner", Kinds.ADDRESS).ifPresent(address -> {
                reach(intake.section(), "owner", from, address);
                owners.put(intake.plan().label(), new NoticePlan.Owner(address, sender(intake.plan())));
            });
        }
        return owners;
    }

    /** Whom it gives to all of its mail. */
    private static Optional<MailAddress> sender(IntakePlan intake) {
        return intake.rules()
                .flatMap(rule -> rule.reversePath().address().stream())
                .findFirst();
    }

    private Optional<WebhookPlan> webhook(Section notices) {
        Section webhook = notices.section("webhook");
        WebhookPlan plan = new WebhookPlan(
                webhook.optional("url", URL).orElse(URL.standIn()),
                webhook.value("body", BODY, WebhookPlan.Body.TEXT),
                webhook.value("local", Kinds.FLAG, false),
                webhook.optional("trust", webhook.path()),
                proxy);
        if (!notices.has("webhook")) {
            return Optional.empty();
        }
        if (!webhook.has("url")) {
            webhook.missing("url", URL.expected());
        }
        return Optional.of(plan);
    }

    private void author(Section notices, MailAddress author) {
        try {
            policy.sender(author);
        } catch (Refused e) {
            notices.fault("from", author + ", who may not send", "an address that accept.senders allows");
        }
    }

    /** Nobody would be told that nobody is told. */
    private void reach(Section section, String key, Optional<MailAddress> author, MailAddress address) {
        try {
            policy.recipient(address);
        } catch (Refused e) {
            section.fault(key, address + ", to whom nobody may send", "an address that accept.recipients allows");
            return;
        }
        if (table.decide(author.orElse(address), new ForwardPath(address)).isEmpty()) {
            section.fault(key, address + ", which no rule of next-hop covers", "a rule for its domain");
        }
    }
}
