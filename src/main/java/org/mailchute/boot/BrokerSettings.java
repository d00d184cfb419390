package org.mailchute.boot;

import java.util.Collection;
import java.util.Optional;
import org.mailchute.boot.yaml.Kind;
import org.mailchute.boot.yaml.Section;
import org.mailchute.boot.yaml.Shape;

/** The section {@code broker}: embedded when it names no URL. */
final class BrokerSettings {
    static final Shape KEYS = Shape.of("url", "user", "password", "trust").with("accept", AcceptorSettings.KEYS);
    private static final Kind<String> URL = Kinds.text(
            "an Artemis URL such as tcp://broker:61616 or (tcp://one:61616,tcp://two:61616)?ha=true",
            text -> text.matches("\\(?tcp://[\\x21-\\x7E]{1,1000}"));

    private BrokerSettings() {}

    /** @param requests queues that some intake reads */
    static Settings.Broker read(Section broker, Collection<String> requests) {
        Settings.Broker settings = new Settings.Broker(
                broker.optional("url", URL),
                broker.optional("user", Kinds.LINE),
                broker.optional("password", Kinds.SECRET),
                broker.optional("trust", broker.path()),
                broker.has("accept")
                        ? Optional.of(AcceptorSettings.read(broker.section("accept"), requests))
                        : Optional.empty());
        if (broker.has("accept") && broker.has("url")) {
            broker.fault("accept", "a port of the embedded broker and a URL", "one of the two");
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
        if (broker.has("user") && !broker.has("url")) {
            broker.missing("url", "the broker's URL, since a user is given; the embedded broker needs none");
        }
        return settings;
    }

    private static boolean plainTo(String url) {
        return !url.contains("sslEnabled=true") && !url.matches("\\(?tcp://(localhost|127\\.[0-9.]+)[:?,)].*");
    }

    /** For people: where the messages rest. */
    static String place(Optional<String> url) {
        return url.isPresent() ? "a broker elsewhere" : "the embedded broker";
    }
}
