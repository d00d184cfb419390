package org.mailchute.init;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailchute.credentials.HttpsProxy;
import org.mailchute.doctor.FirstLook;
import org.mailchute.doctor.FirstLook.Answer;
import org.mailchute.doctor.FirstLook.Door;
import org.mailchute.doctor.FirstLook.Mail;
import org.mailchute.reply.Service;
import org.mailchute.service.ServiceProfile;
import org.mailchute.settings.Cloud;

/**
 * What can be seen from this machine of the way out.
 *
 * @param domain whose mail it is about
 * @param mail its records; empty where nobody was asked
 * @param ports how each answered; where one was not asked it is not in it
 * @param proxy that the environment names, which the gateway, a service, would not see there
 */
record Seen(String domain, Cloud cloud, Optional<Mail> mail, Map<Port, Answer> ports, Optional<HttpsProxy> proxy) {
    /** The three ways out of a firewall. */
    enum Port {
        SUBMISSION(587),
        MX(25),
        GRAPH(443);

        private final int number;

        Port(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /** Nobody was asked. */
    static Seen nothing(Answered answers) {
        return new Seen(
                answers.domain(),
                answers.cloud().orElse(Cloud.WORLDWIDE),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    /** @throws InterruptedException when told to stop */
    static Seen from(FirstLook look, Answered answers) throws InterruptedException {
        Cloud likely = answers.cloud().orElse(Cloud.WORLDWIDE);
        Mail mail = look.mail(answers.domain(), likely.spfInclude(), answers.address());
        Cloud cloud = answers.cloud()
                .or(() -> mail.mx().stream()
                        .flatMap(host -> Cloud.ofHost(host).stream())
                        .findFirst())
                .orElse(likely);
        Mail known = cloud == likely ? mail : look.mail(answers.domain(), cloud.spfInclude(), answers.address());
        Map<Port, Door> doors = new EnumMap<>(Port.class);
        List<String> greetings = ServiceProfile.of(Service.EXCHANGE_ONLINE).greetings();
        doors.put(Port.SUBMISSION, new Door(cloud.submissionHost(), Port.SUBMISSION.number(), greetings));
        doors.put(Port.GRAPH, new Door(cloud.graphHost(), Port.GRAPH.number(), List.of()));
        ours(mail, cloud).ifPresent(host -> doors.put(Port.MX, new Door(host, Port.MX.number(), greetings)));
        return new Seen(answers.domain(), cloud, Optional.of(known), answers(look, doors), look.proxy());
    }

    private static Map<Port, Answer> answers(FirstLook look, Map<Port, Door> doors) throws InterruptedException {
        List<Answer> heard = look.knock(List.copyOf(doors.values()));
        Map<Port, Answer> answers = new EnumMap<>(Port.class);
        for (Port port : doors.keySet()) {
            answers.put(port, heard.get(answers.size()));
        }
        return answers;
    }

    /** The first MX host that is Microsoft's. */
    private static Optional<String> ours(Mail mail, Cloud cloud) {
        return mail.mx().stream()
                .filter(host -> cloud.mxSuffixes().stream().anyMatch(suffix -> host.endsWith("." + suffix)))
                .findFirst();
    }

    /** What nobody could ask is taken to be open; so is all where neither the DNS nor anybody else answers. */
    boolean open(Port port) {
        return Optional.ofNullable(ports.get(port)).map(Answer::open).orElse(true) || blind();
    }

    private boolean blind() {
        return mail.flatMap(Mail::unknown).isPresent()
                && ports.values().stream().noneMatch(Answer::open);
    }

    /** Whether mail for the domain goes elsewhere first, so that its MX hosts are not the tenant's. */
    boolean elsewhere() {
        return mail.filter(known -> !known.mx().isEmpty() && ours(known, cloud).isEmpty())
                .isPresent();
    }

    /** What the tenant's own MX host is called, mostly; that of a newer domain has letters that cannot be known. */
    String usualHost() {
        return domain.replace('.', '-') + "." + cloud.mxSuffixes().get(0);
    }

    /** For people. */
    List<String> lines() {
        if (mail.isEmpty()) {
            return List.of("nothing was looked up or tried (--offline); answers taken as given");
        }
        return Stream.concat(ofMail(mail.get()), Stream.of(Port.values()).map(this::line))
                .toList();
    }

    private Stream<String> ofMail(Mail known) {
        if (known.unknown().isPresent() || known.mx().isEmpty()) {
            return Stream.of("could not look up " + domain + " ("
                    + known.unknown()
                            .orElse(
                                    "the DNS knows no MX record of it: a slip of the pen, or an inside view, then --dns 9.9.9.9")
                    + "); answers taken as given");
        }
        return Stream.of(
                "MX of " + domain + ": " + String.join(", ", known.mx())
                        + (elsewhere() ? ", not at Microsoft 365" : ""),
                "SPF: " + known.spf().map(fault -> domain + " " + fault).orElse("as it should be"));
    }

    private String line(Port port) {
        String host = switch (port) {
            case SUBMISSION -> cloud.submissionHost();
            case MX -> mail.flatMap(known -> ours(known, cloud)).orElse("the domain's MX host");
            case GRAPH -> cloud.graphHost();
        };
        return String.format(
                Locale.ROOT,
                "port %d to %s: %s",
                port.number(),
                host,
                Optional.ofNullable(ports.get(port)).map(Answer::seen).orElse("not tried, it is not known"));
    }
}
