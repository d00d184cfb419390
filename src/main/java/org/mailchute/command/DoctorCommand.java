package org.mailchute.command;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailchute.doctor.DoctorReport;
import org.mailchute.doctor.Extras;
import org.mailchute.doctor.Status;
import org.mailchute.gateway.Examination;
import org.mailchute.gateway.Surroundings;
import org.mailchute.nexthop.DnsServer;
import org.mailchute.settings.Settings;
import org.xbill.DNS.Address;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code mailchute doctor}: whether each lane fits Microsoft 365 as it is now, and what to do where not. */
@Command(
        name = "doctor",
        description =
                "Asks the servers of the lanes, Entra and the DNS what would stop mail, and says what to do about it."
                        + " Logs in where the lane does, names a sender and a recipient, and sends no message unless --send-test is given. A 250 means that"
                        + " Microsoft takes a message, not that it will be in the inbox.",
        footer = {
            "",
            "Exit codes: 0 no error (there may be warnings), 1 at least one error, 2 faulty settings or usage",
            "",
            "Examples:",
            "  mailchute doctor",
            "  mailchute doctor --option submission --config /etc/mailchute/mailchute.yaml",
            "  mailchute doctor --lane connector --json",
            "  mailchute doctor --dns 9.9.9.9 --block-list zen.spamhaus.org",
            "  mailchute doctor --lane mailbox --send-test"
        })
final class DoctorCommand extends AnsweringCommand {
    @Option(
            names = "--option",
            paramLabel = "OPTION",
            description = "Only lanes of this option: submission, direct-send, relay or graph.")
    private @Nullable String option;

    @Option(names = "--lane", paramLabel = "NAME", description = "Only this lane.")
    private @Nullable String lane;

    @Option(
            names = "--dns",
            paramLabel = "ADDRESS[:PORT]",
            converter = Server.class,
            description =
                    "Asks this DNS server for MX, SPF and the like, where the one of this machine has an inside view."
                            + " Default: this machine's.")
    private @Nullable Resolver dns;

    @Option(
            names = "--block-list",
            paramLabel = "ZONE",
            description =
                    "Asks this DNS block list for the address Microsoft sees, such as zen.spamhaus.org, which answers"
                            + " no public DNS server. May be given several times.")
    private List<String> blockLists = List.of();

    @Option(
            names = "--send-test",
            description =
                    "Sends each sender of a submission lane (five at most) a short mail to itself: only that shows"
                            + " whether the lane's mailbox may send as it.")
    private boolean sendTest;

    @Override
    public Integer call() throws Exception {
        Settings settings = config.settings();
        Surroundings real = Surroundings.real();
        Surroundings around =
                dns == null ? real : new Surroundings(real.clock(), real.steady(), real.uptime(), real.chance(), dns);
        Examination examination = new Examination(settings, around, new Extras(sendTest, blockLists));
        List<Settings.Lane> lanes = chosen(settings);
        DoctorReport report = lane == null && option == null ? examination.whole() : examination.of(lanes);
        if (json) {
            out().println(report.json());
        } else {
            report.lines().forEach(out()::println);
        }
        return report.count(Status.ERROR) == 0 ? 0 : 1;
    }

    private List<Settings.Lane> chosen(Settings settings) {
        List<Settings.Lane> chosen = settings.lanes().stream()
                .filter(one -> lane == null || one.name().equals(lane))
                .filter(one -> option == null || one.nextHop().option().label().equals(option))
                .toList();
        if (chosen.isEmpty()) {
            throw usage("no such lane; the settings have: "
                    + String.join(
                            ", ",
                            settings.lanes().stream()
                                    .map(one -> one.name() + " ("
                                            + one.nextHop().option().label() + ")")
                                    .toList()));
        }
        return chosen;
    }

    /** An address, so that no DNS is needed to find the DNS. */
    static final class Server implements ITypeConverter<Resolver> {
        private static final Pattern TEXT = Pattern.compile("([0-9.]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");

        @Override
        public Resolver convert(String text) {
            Matcher server = TEXT.matcher(text);
            if (!server.matches()) {
                throw noAddress(text);
            }
            String port = server.group(2);
            try {
                return new DnsServer(new InetSocketAddress(
                        Address.getByAddress(server.group(1).replaceAll("[\\[\\]]", "")),
                        port == null ? SimpleResolver.DEFAULT_PORT : port(text, Integer.parseInt(port))));
            } catch (UnknownHostException e) {
                throw noAddress(text);
            }
        }

        private static int port(String text, int port) {
            if (port < 1 || port > 65_535) {
                throw noAddress(text);
            }
            return port;
        }

        private static TypeConversionException noAddress(String text) {
            return new TypeConversionException(
                    '"' + text + "\" is no address such as 9.9.9.9, 127.0.0.1:5353 or [2620:fe::fe]");
        }
    }
}
