package org.mailchute.settings;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.door.Tls;
import org.mailchute.envelope.DeviceText;
import org.mailchute.intake.ReadyRule;
import org.mailchute.listener.DeviceLogin;
import org.mailchute.listener.ListenerPlan;
import org.mailchute.listener.Network;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;
import org.mailchute.spool.Priority;

/** The list {@code intake.smtp}: listeners for devices that can only send by SMTP. None, unless one is written. */
final class SmtpReader {
    private static final Kind<Network> NETWORK = new Kind<>(
            "an IP address or network such as 10.0.0.0/8 or fd00::/8", Network.parse("127.0.0.1"), Network::parse);
    private static final Kind<Priority> PRIORITY = Kinds.oneOf(List.of(Priority.values()));
    private static final Kind<Tls> TLS = Kinds.oneOf(List.of(Tls.values()));
    private static final Kind<Duration> IDLE = Kinds.duration("5s", "1h");

    private SmtpReader() {}

    /** @param maxBytes what accept allows, before base64 */
    static IntakePlan.Smtp read(Section intake, long maxBytes) {
        String name = intake.required("name", Kinds.ID);
        ReadyRule rule = rule(intake, name, maxBytes);
        ListenerPlan plan = plan(intake, name, rule);
        notOpen(intake, plan);
        warn(intake, plan);
        return new IntakePlan.Smtp(
                plan, intake.value("learning", Kinds.FLAG, false), intake.list("recipients", Kinds.ADDRESSES), rule);
    }

    private static ListenerPlan plan(Section intake, String name, ReadyRule rule) {
        Tls tls = intake.value("tls", TLS, Tls.REQUIRED);
        return new ListenerPlan(
                name,
                intake.value("host", Hosts.ADDRESS, "127.0.0.1"),
                intake.value("port", Kinds.whole(0, 65_535), 2525),
                intake.optional("legacyPort", Kinds.whole(0, 65_535)),
                tls,
                certificate(intake, tls),
                intake.list("networks", NETWORK),
                logins(intake.sections("logins")),
                intake.value("loginWithoutTls", Kinds.FLAG, false),
                intake.value("nullSender", Kinds.FLAG, false),
                rule.maxBytes(),
                rule.maxRecipients(),
                intake.value("maxConnections", Kinds.whole(1, 1000), 50),
                intake.value("maxConnectionsPerAddress", Kinds.whole(1, 1000), 10),
                intake.value("idle", IDLE, Duration.ofMinutes(5)),
                intake.value("sessionAge", Kinds.duration("1m", "24h"), Duration.ofHours(1)),
                intake.value("loginDelay", Kinds.duration("0s", "30s"), Duration.ofSeconds(3)),
                rule.charset());
    }

    private static ReadyRule rule(Section intake, String name, long maxBytes) {
        return new ReadyRule(
                name,
                intake.optional("from", Kinds.ADDRESS),
                intake.list("senders", Kinds.ADDRESSES),
                intake.value("maxRecipients", Kinds.whole(1, 10_000), 100),
                intake.value("maxMessageSize", Kinds.size("1KB", "250MB"), PickupReader.asSent(maxBytes)),
                true,
                intake.value("charset", Kinds.CHARSET, DeviceText.WINDOWS),
                intake.value("priority", PRIORITY, Priority.HIGH));
    }

    private static Optional<CertificateFiles> certificate(Section intake, Tls tls) {
        if (intake.has("certificate")) {
            CertificateFiles files = CertificateReader.read(intake.section("certificate"));
            return tls == Tls.NONE ? Optional.empty() : Optional.of(files);
        }
        if (tls != Tls.NONE) {
            intake.missing(
                    "certificate", "the server's certificate (chain and key), or tls: none on a trusted network");
        }
        return Optional.empty();
    }

    private static List<DeviceLogin> logins(List<Section> sections) {
        Set<String> seen = new HashSet<>();
        return sections.stream()
                .map(login -> {
                    String user = login.required("user", Kinds.USER);
                    if (!user.isEmpty() && !seen.add(user)) {
                        login.fault("user", '"' + user + "\" a second time", "a user of its own for each device");
                    }
                    return new DeviceLogin(user, login.required("password", Kinds.SECRET));
                })
                .toList();
    }

    /** Whoever reached it could send to the world in our name (an open relay). */
    private static void notOpen(Section intake, ListenerPlan read) {
        if (read.networks().isEmpty() && read.logins().isEmpty()) {
            intake.missing(
                    "networks",
                    "the networks of the devices, or logins: without either anybody could send by it (an open relay)");
        }
        if (read.logins().isEmpty() && read.networks().stream().anyMatch(Network::everybody)) {
            intake.fault("networks", "every address", "the networks of the devices, or logins as well (an open relay)");
        }
        if (read.legacyPort().isPresent() && read.tls() == Tls.NONE) {
            intake.fault("legacyPort", "a port for TLS", "tls: required or optional, or no legacyPort");
        }
    }

    private static void warn(Section intake, ListenerPlan read) {
        boolean far = !Hosts.loopback(read.bind());
        if (read.legacyPort().isPresent()) {
            intake.warning(
                    "legacyPort",
                    "a port with TLS 1.0 and 1.1, which are broken (RFC 8996)",
                    "only devices that know no better on it, in a network of their own");
        }
        if (far && !read.logins().isEmpty() && (read.tls() == Tls.NONE || read.loginWithoutTls())) {
            intake.warning(
                    read.tls() == Tls.NONE ? "tls" : "loginWithoutTls",
                    "passwords that anyone on the way can read",
                    "passwords after STARTTLS only");
        }
    }
}
