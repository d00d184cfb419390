package org.mailchute.settings;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailchute.broker.AnyBroker;
import org.mailchute.broker.BrokerPlan;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** The section {@code broker}: embedded when it names no URL. */
final class BrokerReader {
    private static final Kind<String> URL = Kinds.text(
            "an Artemis URL such as tcp://broker:61616 or (tcp://one:61616,tcp://two:61616)?ha=true",
            text -> text.matches("\\(?tcp://[\\x21-\\x7E]{1,1000}"));

    private static final Kind<String> CLASS = Kinds.text(
            "the full name of a class such as org.apache.qpid.jms.JmsConnectionFactory",
            text -> text.matches("[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)+"));
    private static final Kind<String> PROPERTY = Kinds.text(
            "name=value, a property of the connection factory",
            text -> text.matches("[A-Za-z]\\w*=[^\\p{Cntrl}]{0,1000}"));

    private BrokerReader() {}

    /** @param requests queues that some intake reads */
    static BrokerPlan read(Section broker, Collection<String> requests) {
        BrokerPlan settings = new BrokerPlan(
                broker.optional("url", URL),
                broker.optional("user", Kinds.LINE),
                broker.optional("password", Kinds.SECRET),
                broker.optional("trust", broker.path()),
                broker.has("factory") ? Optional.of(factory(broker.section("factory"))) : Optional.empty(),
                broker.has("accept")
                        ? Optional.of(new AcceptorReader(broker.section("accept"), requests).read())
                        : Optional.empty());
        for (String other : List.of("url", "factory")) {
            if (broker.has("accept") && broker.has(other)) {
                broker.fault("accept", "a port of the embedded broker and another broker", "one of the two");
            }
        }
        if (broker.has("factory") && broker.has("url")) {
            broker.fault("factory", "a connection factory and a URL", "one of the two");
        }
        if (broker.has("user") != broker.has("password")) {
            broker.missing(broker.has("user") ? "password" : "user", "user and password, or neither");
        }
        if (broker.has("trust") && !broker.has("url")) {
            broker.missing("url", "the broker's URL, since authorities to trust are given");
        }
        settings.url()
                .filter(url -> broker.has("user") && !broker.has("trust") && plainTo(url))
                .ifPresent(url -> broker.warning(
                        "url", "no TLS", "sslEnabled=true or broker.trust: the password crosses the network readably"));
        if (broker.has("user") && !broker.has("url") && !broker.has("factory")) {
            broker.missing("url", "the broker's URL, since a user is given; the embedded broker needs none");
        }
        return settings;
    }

    private static AnyBroker.Factory factory(Section factory) {
        Map<String, String> properties = new LinkedHashMap<>();
        factory.list("properties", PROPERTY).forEach(pair -> {
            int at = pair.indexOf('=');
            properties.put(
                    pair.substring(0, Math.max(0, at)).strip(),
                    pair.substring(at + 1).strip());
        });
        return new AnyBroker.Factory(factory.required("class", CLASS), properties);
    }

    private static boolean plainTo(String url) {
        return !url.contains("sslEnabled=true") && !url.matches("\\(?tcp://(localhost|127\\.[0-9.]+)[:?,)].*");
    }
}
