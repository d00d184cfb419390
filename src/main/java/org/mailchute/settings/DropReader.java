package org.mailchute.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.door.Tls;
import org.mailchute.drop.DropDevice;
import org.mailchute.drop.DropPlan;
import org.mailchute.drop.Quota;
import org.mailchute.envelope.DeviceText;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/**
 * The section {@code ftp-server} and the devices in {@code intake.drop}: we are the FTP server. Off without a device, on
 * loopback unless told otherwise, with TLS unless told otherwise (promise P9).
 */
final class DropReader {
    private static final Kind<String> PORTS =
            Kinds.text("a port or a range of ports such as 50000-50099, or 0 for any", DropReader::ports);
    private static final Kind<String> EXTERNAL = Kinds.text(
            "an IPv4 address that the devices reach us by", text -> Hosts.literal(text) && text.contains("."));
    private static final Kind<Duration> STABLE = Kinds.duration("0s", "1h");

    private DropReader() {}

    private static boolean ports(String text) {
        if (!text.matches("\\d{1,5}(-\\d{1,5})?")) {
            return false;
        }
        String[] ends = text.split("-");
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[ends.length - 1]);
        return first <= last && last <= 65_535 && (first >= 1024 || text.equals("0"));
    }

    /** @param sections the devices as they are written */
    static Settings.Drop read(Section server, List<Section> sections, Path home) {
        List<DropDevice> devices =
                sections.stream().map(device -> device(device, home)).toList();
        oneUserEach(sections, devices);
        Tls tls = server.value("tls", Kinds.oneOf(List.of(Tls.values())), Tls.REQUIRED);
        String bind = server.value("bind", Hosts.ADDRESS, "127.0.0.1");
        Optional<Integer> implicitPort = server.optional("implicitPort", Kinds.whole(0, 65_535));
        Optional<CertificateFiles> certificate = certificate(server, tls, !devices.isEmpty());
        if (tls != Tls.REQUIRED && !Hosts.loopback(bind)) {
            server.warning("tls", Kinds.label(tls), "required: without it anyone on the way reads passwords and scans");
        }
        if (tls == Tls.NONE && implicitPort.isPresent()) {
            server.fault("implicitPort", "a port for TLS", "tls: required or optional, or no implicitPort");
        }
        DropPlan plan = new DropPlan(
                bind,
                server.value("port", Kinds.whole(0, 65_535), 2121),
                implicitPort,
                tls,
                certificate,
                server.value("passivePorts", PORTS, "50000-50099"),
                server.optional("externalAddress", EXTERNAL),
                server.value("active", Kinds.FLAG, true),
                server.value("idle", Kinds.duration("10s", "1h"), Duration.ofMinutes(5)),
                server.value("sessionAge", Kinds.duration("1m", "24h"), Duration.ofHours(4)),
                server.value("maxLogins", Kinds.whole(1, 1000), 50),
                server.value("loginDelay", Kinds.duration("0s", "30s"), Duration.ofSeconds(3)),
                server.value("charset", PolledSettings.CHARSET, DeviceText.WINDOWS));
        return new Settings.Drop(plan, devices);
    }

    private static Optional<CertificateFiles> certificate(Section server, Tls tls, boolean used) {
        if (server.has("certificate")) {
            CertificateFiles files = CertificateReader.read(server.section("certificate"));
            return tls == Tls.NONE ? Optional.empty() : Optional.of(files);
        }
        if (tls != Tls.NONE && used) {
            server.missing(
                    "certificate", "the server's certificate (chain and key), or tls: none on a trusted network");
        }
        return Optional.empty();
    }

    private static DropDevice device(Section device, Path home) {
        String name = device.required("name", Kinds.ID);
        String user = device.value("user", Kinds.USER, name);
        if (user.equals("anonymous") || user.equals("ftp")) {
            device.fault("user", '"' + user + '"', "a name of the device's own: nobody logs in without one");
        }
        return new DropDevice(
                name,
                user,
                device.required("password", Kinds.SECRET),
                home.resolve("drop").resolve(IntakeSettings.folderName(name)),
                device.value("subfolders", Kinds.FLAG, false),
                device.optional("charset", PolledSettings.CHARSET),
                new Quota(
                        device.value("maxWaitingSize", Kinds.size("1KB", "1000GB"), Sizes.parse("1GB")),
                        device.value("maxWaitingFiles", Kinds.whole(1, 100_000), 1000)));
    }

    private static void oneUserEach(List<Section> sections, List<DropDevice> devices) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < devices.size(); i++) {
            String user = devices.get(i).user();
            if (!user.equals(Kinds.MISSING) && !seen.add(user)) {
                sections.get(i).fault("user", '"' + user + "\" a second time", "a user of its own for each device");
            }
        }
    }

    /** @param sections the devices, in the order read */
    static Stream<IntakeSettings.Written> intakes(List<Section> sections, List<DropDevice> devices, Path home) {
        return IntStream.range(0, devices.size())
                .mapToObj(i ->
                        new IntakeSettings.Written(sections.get(i), intake(sections.get(i), devices.get(i), home)));
    }

    /** The folder that this device's scans are taken from; whole when it appears there, so nothing is waited for. */
    private static IntakePlan.Folder intake(Section section, DropDevice device, Path home) {
        return new IntakePlan.Folder(
                IntakePlan.Folder.DROP,
                device.name(),
                device.folder(),
                section.value(
                        "rejected",
                        section.path(),
                        home.resolve("rejected").resolve(IntakeSettings.folderName(device.name()))),
                device.subfolders(),
                Duration.ofMillis(500),
                section.value("stableFor", STABLE, Duration.ZERO),
                PlaceSettings.ofDrop(section),
                RuleReader.ofScan(section, device.name()));
    }
}
