package org.mailchute.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailchute.broker.BrokerPlan;
import org.mailchute.cluster.ClusterPlan;
import org.mailchute.intake.AcceptPolicy;
import org.mailchute.nexthop.Rule;
import org.mailchute.service.ServiceProfile;
import org.mailchute.settings.yaml.Fault;
import org.mailchute.settings.yaml.Reading;
import org.mailchute.settings.yaml.Section;
import org.mailchute.settings.yaml.UnreadableFile;

/** Reads {@code mailchute.yaml}, one stage of the message's path after the other, and checks it whole. */
public final class SettingsReader {
    private SettingsReader() {}

    /** Settings without a fault, and what in them works but may not be meant. */
    public record Checked(Settings settings, List<Fault> warnings) {}

    /**
     * Reads settings for use.
     *
     * @param environment what {@code ${env:NAME}} may name; normally {@link System#getenv()}
     * @throws FaultySettings with every fault of the file
     */
    public static Settings read(Path file, Map<String, String> environment) throws FaultySettings {
        return check(file, environment).settings();
    }

    /** As {@link #read}, with the warnings. */
    public static Checked check(Path file, Map<String, String> environment) throws FaultySettings {
        return check(file, environment, true);
    }

    /** As {@link #read}, for who logs in nowhere: no secret is looked at, and none of the settings' is one. */
    public static Settings withoutSecrets(Path file, Map<String, String> environment) throws FaultySettings {
        return checkWithoutSecrets(file, environment).settings();
    }

    /** As {@link #withoutSecrets}, with the warnings. */
    public static Checked checkWithoutSecrets(Path file, Map<String, String> environment) throws FaultySettings {
        return check(file, environment, false);
    }

    /**
     * Where the gateway of these settings is. Nothing else of them is checked: what the file says may be at fault while the gateway runs by what
     * it said before, and to check it all takes a fifth of a command's time.
     *
     * @throws FaultySettings when the file, or its gateway.home, cannot be read
     */
    public static GatewayPlace place(Path file, Map<String, String> environment) throws FaultySettings {
        Section top = open(file, environment, false);
        Path home = GatewaySettings.home(top.section("gateway"));
        List<Fault> faults = top.faultsOfAsked();
        if (!faults.isEmpty()) {
            throw new FaultySettings(faults);
        }
        return new GatewayPlace(home, top.unchecked().hash());
    }

    private static Checked check(Path file, Map<String, String> environment, boolean secrets) throws FaultySettings {
        Section top = open(file, environment, secrets);
        Settings settings = settings(top);
        List<Fault> faults = top.faults();
        if (!faults.isEmpty()) {
            throw new FaultySettings(faults);
        }
        return new Checked(settings, top.warnings());
    }

    private static Section open(Path file, Map<String, String> environment, boolean secrets) throws FaultySettings {
        try {
            return Reading.open(file, environment, secrets);
        } catch (UnreadableFile e) {
            throw new FaultySettings(List.of(e.fault()));
        }
    }

    private static Optional<Cloud> cloudOf(List<Settings.Lane> lanes) {
        return lanes.stream()
                .filter(lane -> ServiceProfile.ofHost(lane.nextHop().host()).isEmpty())
                .flatMap(lane -> Cloud.ofHost(lane.nextHop().host()).stream())
                .findFirst();
    }

    static Settings settings(Section top) {
        GatewaySettings gateway = GatewaySettings.read(top.section("gateway"));
        AcceptPolicy policy = AcceptReader.read(top.section("accept"));
        IntakeSettings intake = IntakeSettings.read(
                top.section("intake"), top.section("ftp-server"), gateway.home(), policy.maxBytes());
        List<Settings.Lane> lanes = LaneReader.readAll(top, gateway.cloud());
        Cloud cloud = gateway.cloud().or(() -> cloudOf(lanes)).orElse(Cloud.WORLDWIDE);
        BrokerPlan broker = BrokerReader.read(top.section("broker"), intake.queues());
        ManagementSettings management = ManagementReader.read(top.section("management"));
        Optional<ClusterPlan> cluster = ClusterReader.read(top, broker);
        Set<String> domains = OwnDomains.of(intake.rules(), policy);
        List<Rule> routing = NextHopReader.read(top, lanes, domains);
        Settings settings = new Settings(
                gateway.home(),
                gateway.name(),
                gateway.routes(),
                gateway.replies(),
                intake.intakes(),
                intake.drop(),
                policy,
                lanes,
                routing,
                DeferredReader.read(top.section("deferred")),
                broker,
                management,
                new ConsoleReader(top.section("console"), management, cloud).read(),
                TraceReader.read(top.section("trace"), cluster.map(ClusterPlan::database)),
                cluster,
                new NoticeReader(policy, routing, gateway.proxy()).read(top, intake, domains),
                gateway.names(cloud),
                gateway.proxy(),
                top.said());
        if (top.faults().isEmpty()) {
            new IntakeWarnings(Forecast.of(settings)).tell(intake.written());
        }
        return settings;
    }
}
