package org.mailchute.settings;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.mailchute.border.Acceptor;
import org.mailchute.broker.CoreAdvice;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/**
 * The section {@code broker.accept}: a port of the embedded broker, closed unless this section is there.
 *
 * @param requests queues that some intake reads
 */
record AcceptorReader(Section accept, Collection<String> requests) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Kind<String> BIND = Kinds.text("an IP address of this machine", Hosts::literal);

    Acceptor read() {
        String bind = accept.value("bind", BIND, LOOPBACK);
        Optional<CertificateFiles> certificate = accept.has("certificate")
                ? Optional.of(CertificateReader.read(accept.section("certificate")))
                : Optional.empty();
        if (certificate.isEmpty() && !Hosts.loopback(bind)) {
            accept.missing("certificate", "chain and key: without TLS only a loopback address may be bound");
        }
        return new Acceptor(
                bind,
                accept.value("port", Kinds.whole(0, 65_535), certificate.isPresent() ? 5671 : 5672),
                protocols(),
                certificate,
                accept.value("maxMessageSize", Kinds.size("1KB", "250MB"), Sizes.parse("50MB")),
                users());
    }

    private List<Acceptor.Protocol> protocols() {
        List<Acceptor.Protocol> named = accept.list("protocols", Kinds.oneOf(List.of(Acceptor.Protocol.values())));
        if (named.contains(Acceptor.Protocol.CORE)) {
            accept.warning("protocols", "core, in which " + CoreAdvice.FAULT, CoreAdvice.REMEDY_HERE);
        }
        return named.isEmpty()
                ? List.of(Acceptor.Protocol.AMQP)
                : named.stream().distinct().toList();
    }

    private List<Acceptor.User> users() {
        List<Section> sections = accept.sections("users");
        if (sections.isEmpty()) {
            accept.missing("users", "at least one user: nobody comes in without a name and a password");
        }
        OneName.each(sections.stream());
        return sections.stream().map(this::user).toList();
    }

    private Acceptor.User user(Section user) {
        List<String> maySend = user.list("maySend", IntakeSettings.QUEUE);
        for (String queue : maySend) {
            if (!requests.contains(queue)) {
                user.fault("maySend", '"' + queue + '"', "queues of intake.jms: " + String.join(", ", requests));
            }
        }
        List<String> mayRead = user.list("mayRead", IntakeSettings.QUEUE);
        if (mayRead.stream().anyMatch(requests::contains)) {
            user.fault("mayRead", "a queue of mail requests", "a queue for answers: requests are for Mailchute only");
        }
        if (!user.has("maySend")) {
            user.missing("maySend", "the queues it may publish mail requests to");
        }
        return new Acceptor.User(
                user.required("name", Kinds.ID),
                user.required("password", Kinds.SECRET),
                new HashSet<>(maySend),
                new HashSet<>(mayRead));
    }
}
