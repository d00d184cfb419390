package org.mailchute.rehearsal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mailchute.credentials.AppProof;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.SecretText;
import org.mailchute.nexthop.NextHop;
import org.mailchute.reply.Option;
import org.mailchute.reply.Service;
import org.mailchute.service.ServiceProfile;
import org.mailchute.settings.Cloud;
import org.mailchute.settings.IntakePlan;
import org.mailchute.settings.Login;
import org.mailchute.settings.ManagementSettings;
import org.mailchute.settings.Settings;
import org.mailchute.simulator.ExchangeOnline;
import org.mailchute.simulator.Scenario;
import org.mailchute.tracestore.TracePlan;

/**
 * Settings that write to no other place than the rehearsal's home, open no port beyond this machine, and lead to the simulator.
 *
 * @param app of the simulated tenant, which all who log in by OAuth use
 */
record RehearsedSettings(Settings real, Path home, ExchangeOnline microsoft365, Scenario.App app) {
    Settings settings() {
        RehearsedDoors doors = new RehearsedDoors(real, home);
        return new Settings(
                home,
                real.name(),
                real.routesFolder(),
                real.replies(),
                real.intakes().stream()
                        .flatMap(intake -> intake(intake, doors).stream())
                        .toList(),
                doors.drop(),
                real.policy(),
                real.lanes().stream().map(this::lane).toList(),
                real.routing(),
                real.retry(),
                doors.broker(),
                new ManagementSettings(
                        real.management().bind().isEmpty() ? "" : "127.0.0.1",
                        0,
                        real.management().jmx(),
                        Optional.empty()),
                real.console().byLink(),
                new TracePlan(real.trace().keep(), real.trace().subjects(), Optional.empty()),
                Optional.empty(),
                real.notices().withoutWebhook(),
                real.cloud(),
                Optional.empty(),
                real.written());
    }

    /** @return empty for one that is left out */
    private Optional<IntakePlan> intake(IntakePlan real, RehearsedDoors doors) {
        if (real instanceof IntakePlan.Ftp) {
            return Optional.empty();
        }
        if (real instanceof IntakePlan.Smtp listener) {
            return Optional.of(doors.smtp(listener));
        }
        if (real instanceof IntakePlan.Folder device && device.kind().equals(IntakePlan.Folder.DROP)) {
            return Optional.of(doors.saved(device, rejected(device.name())));
        }
        return Optional.of(real)
                .filter(intake -> intake.watched().allMatch(Files::isDirectory))
                .map(this::watched);
    }

    private IntakePlan watched(IntakePlan intake) {
        if (intake instanceof IntakePlan.Folder folder) {
            return folder(folder);
        }
        return intake instanceof IntakePlan.Pickup pickup ? pickup(pickup) : intake;
    }

    private IntakePlan.Folder folder(IntakePlan.Folder intake) {
        return new IntakePlan.Folder(
                intake.kind(),
                intake.name(),
                intake.folder(),
                rejected(intake.name()),
                intake.subfolders(),
                intake.poll(),
                intake.stableFor(),
                intake.places().rehearsed(intake.own().values()),
                intake.rule());
    }

    private IntakePlan.Pickup pickup(IntakePlan.Pickup intake) {
        return new IntakePlan.Pickup(
                intake.name(),
                intake.folder(),
                Optional.of(rejected(intake.name())),
                intake.poll(),
                intake.stableFor(),
                intake.dotStuffed(),
                true,
                intake.rule());
    }

    private Path rejected(String intake) {
        return home.resolve("rejected").resolve(intake);
    }

    private Settings.Lane lane(Settings.Lane lane) {
        boolean byAddress = lane.nextHop().option() == Option.RELAY && lane.login() instanceof Login.Anonymous;
        return new Settings.Lane(
                nextHop(lane.nextHop()),
                lane.limits(),
                lane.tls(),
                Optional.of(certificate("ca.pem")),
                byAddress ? Optional.of(RehearsalScenario.CONNECTOR_ADDRESS) : Optional.empty(),
                List.of(),
                false,
                false,
                login(lane.login(), lane.nextHop()),
                lane.sender(),
                lane.times(),
                lane.uncertainWait(),
                lane.probe());
    }

    private NextHop nextHop(NextHop real) {
        return switch (real.option()) {
            case SUBMISSION -> new NextHop.Submission(real.lane(), "localhost", port(real.service()), real.service());
            case DIRECT_SEND -> new NextHop.DirectSend(real.lane(), "localhost", microsoft365.mxPort());
            case RELAY -> new NextHop.Relay(real.lane(), "localhost", microsoft365.mxPort());
            case GRAPH -> new NextHop.Graph(real.lane(), "localhost", microsoft365.graphPort());
        };
    }

    private int port(Service service) {
        return switch (service) {
            case EXCHANGE_ONLINE -> microsoft365.submissionPort();
            case HVE -> microsoft365.hvePort();
            case ACS -> microsoft365.acsPort();
        };
    }

    private Login login(Login login, NextHop nextHop) {
        if (login instanceof Login.Password password) {
            String secret = nextHop.service() == Service.ACS ? app.clientSecret() : RehearsalScenario.PASSWORD;
            return new Login.Password(password.user(), new SecretText(secret));
        }
        if (login instanceof Login.ClientCertificate) {
            return new Login.ClientCertificate(
                    new CertificateFiles.Pem(certificate("client-chain.pem"), certificate("client-key.pem")));
        }
        return login.account()
                .<Login>map(user -> new Login.App(
                        user,
                        microsoft365.tokenEndpoint().toString(),
                        app.clientId(),
                        new AppProof.Secret(new SecretText(app.clientSecret())),
                        scope(nextHop)))
                .orElse(login);
    }

    private static String scope(NextHop nextHop) {
        if (nextHop.option() == Option.GRAPH) {
            return Cloud.WORLDWIDE.graphScope();
        }
        String scope = ServiceProfile.of(nextHop.service()).login().scope();
        return scope.isEmpty() ? Cloud.WORLDWIDE.scope() : scope;
    }

    private Path certificate(String name) {
        return home.resolve("certificates").resolve(name);
    }
}
