package org.mailchute.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mailchute.envelope.MailAddress;
import org.mailchute.limits.SendingLimits;
import org.mailchute.nexthop.NextHop;
import org.mailchute.nexthop.SenderPolicy;
import org.mailchute.reply.Option;
import org.mailchute.reply.Service;
import org.mailchute.service.ServiceProfile;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;
import org.mailchute.smtp.SmtpPeer.Tls;

/** One item of the section {@code lanes}. */
final class LaneReader {
    /** TLS from the first byte: Microsoft 365 has no such port, and STARTTLS would wait for a greeting for ever. */
    private static final int IMPLICIT_TLS = 465;

    /** Where connectors know us by our IPv4 address. */
    private static final int SMTP = 25;

    private static final Kind<Option> OPTION = Kinds.oneOf(Arrays.asList(Option.values()));
    private static final Kind<SenderPolicy.Kind> SENDER = Kinds.oneOf(Arrays.asList(SenderPolicy.Kind.values()));
    private static final Kind<Duration> WAIT = Kinds.duration("1s", "24h");
    private static final Kind<Tls> TLS = Kinds.oneOf(Arrays.asList(Tls.values()));

    private static final Kind<Service> SERVICE = Kinds.oneOf(Arrays.asList(Service.values()));

    private final Section lane;
    private final Option option;
    private final ServiceProfile profile;
    private final Service service;
    private final boolean known;
    private final boolean mx;
    private final String host;
    private final Optional<Cloud> cloud;

    private LaneReader(Section lane, Optional<Cloud> cloud) {
        this.lane = lane;
        this.option = lane.required("option", OPTION);
        this.known =
                lane.peek("option").filter(text -> text.equals(option.label())).isPresent();
        this.service = lane.value("service", SERVICE, Service.EXCHANGE_ONLINE);
        this.profile = ServiceProfile.of(service);
        this.mx = known && option.toMxHost() && lane.has("domain") && !lane.has("host");
        this.host = host(cloud);
        this.cloud = cloud;
    }

    private String host(Optional<Cloud> cloud) {
        if (mx) {
            return lane.required("domain", Hosts.HOST);
        }
        return known && option.toMxHost()
                ? lane.required("host", Hosts.HOST)
                : lane.value("host", Hosts.HOST, usualHost(cloud.orElse(Cloud.WORLDWIDE)));
    }

    private String usualHost(Cloud own) {
        if (option == Option.GRAPH) {
            return own.graphHost();
        }
        return profile.host().isEmpty() ? own.submissionHost() : profile.host();
    }

    static List<Settings.Lane> readAll(Section top, Optional<Cloud> cloud) {
        List<Section> lanes = top.sections("lanes");
        if (lanes.isEmpty()) {
            top.missing("lanes", "at least one lane");
        }
        List<Settings.Lane> settings =
                lanes.stream().map(lane -> new LaneReader(lane, cloud).read()).toList();
        OneName.each(lanes.stream());
        return settings;
    }

    private Settings.Lane read() {
        lane.written("domain", "legacy", "login", "certificate"); // not looked at where the option is not known
        if (known) {
            requireFittingService();
        }
        if (known && option == Option.GRAPH) {
            new GraphLane(lane, tokenCloud()).requireFittingHost(host);
        } else if (known) {
            requireFittingHost();
        }
        SendingLimits limits = LimitReader.read(lane, option, profile, host);
        Tls tls = tls();
        Login login = known ? new LoginReader(lane, option, profile, tokenCloud()).read() : new Login.Anonymous();
        NextHop nextHop = nextHop();
        return new Settings.Lane(
                nextHop,
                limits,
                tls,
                lane.optional("trust", lane.path()),
                lane.optional("sourceAddress", Hosts.ADDRESS),
                lane.list("egress", Hosts.NETWORK),
                lane.value("ipv4", Kinds.FLAG, nextHop.port() == SMTP && !Hosts.loopback(host)),
                mx,
                login,
                sender(login),
                TimingReader.read(lane),
                lane.value("uncertainWait", WAIT, Duration.ofMinutes(15)),
                lane.value("probe", WAIT, Duration.ofMinutes(5)));
    }

    private SenderPolicy sender(Login login) {
        SenderPolicy.Kind usual = SENDER.parse().apply(profile.senders().get(0));
        SenderPolicy.Kind kind = lane.value("sender", SENDER, usual);
        Optional<MailAddress> mailbox = login.sendsAs();
        if (!profile.senders().contains(Kinds.label(kind))) {
            lane.fault(
                    "sender", Kinds.label(kind), String.join(" or ", profile.senders()) + ": " + profile.wrongSender());
        } else if (kind == SenderPolicy.Kind.SEND_AS || mailbox.isPresent()) {
            return new SenderPolicy(kind, mailbox);
        } else if (lane.has("sender")) {
            lane.fault("sender", Kinds.label(kind), "send-as: this lane does not log in as a mailbox");
        }
        return SenderPolicy.ANY;
    }

    private void requireFittingService() {
        if (option != Option.SUBMISSION && lane.has("service")) {
            lane.fault("service", "a service", "none: only client submission names one");
            return;
        }
        cloud.map(Kinds::label)
                .filter(profile.notIn()::contains)
                .ifPresent(name -> lane.fault(
                        "service",
                        service.label() + " in the cloud " + name,
                        "exchange-online: that cloud has no " + profile.title()));
    }

    private void requireFittingHost() {
        if (lane.has("domain") && !mx) {
            lane.fault(
                    "domain",
                    "a domain beside a host, or for client submission",
                    "either host or domain, for an MX host");
        }
        if (profile.formerHosts().contains(host)) {
            lane.warning("host", '"' + host + "\", which Microsoft will take away", profile.host());
        }
        boolean legacy = lane.value("legacy", Kinds.FLAG, false);
        if (Hosts.legacy(host) && !legacy) {
            lane.fault(
                    "host",
                    '"' + host + "\", for devices without TLS 1.2",
                    "smtp.office365.com, since Mailchute speaks TLS 1.2; or legacy: true, if it must be");
        } else if (Hosts.legacy(host)) {
            lane.warning("legacy", "an endpoint that Microsoft will retire", "smtp.office365.com");
        } else if (Hosts.literal(host) && !Hosts.loopback(host)) {
            lane.fault("host", '"' + host + '"', "a host name: no certificate of Microsoft's matches an address");
        } else if (option == Option.SUBMISSION && Hosts.mx(host)) {
            lane.fault(
                    "host", '"' + host + "\", an MX host", "smtp.office365.com: an MX host takes no client submission");
        } else if (option == Option.SUBMISSION
                && Hosts.service(host).filter(owner -> owner != service).isPresent()) {
            lane.fault(
                    "host",
                    '"' + host + "\", of another service",
                    "service: " + Hosts.service(host).get().label() + ", or no host: that of " + service.label()
                            + " is " + usualHost(cloud.orElse(Cloud.WORLDWIDE)));
        } else if (option != Option.SUBMISSION && Hosts.submission(host)) {
            lane.fault(
                    "host",
                    '"' + host + '"',
                    "the MX host of your domain, such as contoso-com.mail.protection.outlook.com");
        } else if (cloud.isPresent()
                && ServiceProfile.ofHost(host).isEmpty()
                && Cloud.ofHost(host).isPresent()
                && !cloud.get().has(host)) {
            lane.fault(
                    "host",
                    '"' + host + "\", of another cloud",
                    "a host of the cloud " + Kinds.label(cloud.get()) + ", which gateway.cloud names");
        }
    }

    private Cloud tokenCloud() {
        return cloud.or(() -> Cloud.ofSubmissionHost(host))
                .or(() -> Cloud.ofGraphHost(host))
                .orElse(Cloud.WORLDWIDE);
    }

    private NextHop nextHop() {
        String name = lane.required("name", Kinds.ID);
        int port = port();
        return switch (option) {
            case SUBMISSION -> new NextHop.Submission(name, host, port, service);
            case DIRECT_SEND -> new NextHop.DirectSend(name, host, port);
            case RELAY -> new NextHop.Relay(name, host, port);
            case GRAPH -> new NextHop.Graph(name, host, port);
        };
    }

    private int usualPort() {
        return switch (option) {
            case SUBMISSION -> profile.ports().get(0);
            case DIRECT_SEND, RELAY -> SMTP;
            case GRAPH -> GraphLane.HTTPS;
        };
    }

    private int port() {
        int port = lane.value("port", Kinds.PORT, usualPort());
        if (port == IMPLICIT_TLS) {
            lane.fault("port", "465", "587 for client submission, 25 otherwise: Microsoft 365 speaks STARTTLS only");
        }
        return port;
    }

    private Tls tls() {
        Tls tls = lane.value("tls", TLS, option == Option.DIRECT_SEND ? Tls.OPTIONAL : Tls.REQUIRED);
        boolean proves = option == Option.SUBMISSION || (option == Option.RELAY && lane.has("certificate"));
        if (tls == Tls.NONE && !Hosts.loopback(host)) {
            lane.fault("tls", "none", "required or optional; none is for this machine itself");
        } else if (tls == Tls.OPTIONAL && proves && !Hosts.loopback(host)) {
            lane.fault("tls", "optional", "required, since this lane proves who it is");
        }
        return tls;
    }
}
