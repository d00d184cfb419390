package org.mailchute.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.mailchute.simulator.DemoAuthority;
import org.mailchute.simulator.ExchangeOnline;
import org.mailchute.simulator.ExchangeOnline.Ports;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mailchute simulate}: the simulator alone, to try settings or other programs against. */
@Command(
        name = "simulate",
        description =
                "Runs the simulated Microsoft 365 alone, on loopback, until stopped: submission, High Volume Email,"
                        + " Azure Communication Services, MX host and token endpoint.",
        footer = {
            "",
            "Exit codes: 0 stopped, 1 a port is taken or the scenario is faulty, 2 wrong usage",
            "",
            "Examples:",
            "  mailchute simulate",
            "  mailchute simulate --submission-port 5587 --mx-port 5525 --token-port 5443 --mail received --delay 20",
            "  mailchute simulate --scenario deploy/examples/scenario.yaml"
        })
final class SimulateCommand extends PrintingCommand {
    @Option(names = "--submission-port", paramLabel = "PORT", description = "Default: a free one.")
    private int submissionPort;

    @Option(names = "--mx-port", paramLabel = "PORT", description = "Default: a free one.")
    private int mxPort;

    @Option(names = "--token-port", paramLabel = "PORT", description = "Default: a free one.")
    private int tokenPort;

    @Option(names = "--hve-port", paramLabel = "PORT", description = "Of High Volume Email. Default: a free one.")
    private int hvePort;

    @Option(
            names = "--acs-port",
            paramLabel = "PORT",
            description = "Of Azure Communication Services. Default: a free one.")
    private int acsPort;

    @Option(
            names = "--mail",
            paramLabel = "FOLDER",
            description = "Where received mail and certificates go. Default: a new temporary folder.")
    private @Nullable Path mail;

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "The tenant and what goes wrong in it, as YAML or JSON. Default: the demo's.")
    private @Nullable Path file;

    @Option(
            names = "--delay",
            paramLabel = "MILLISECONDS",
            description = "Before each flight of replies, as at a distance. Goes before the scenario's.")
    private @Nullable Integer delay;

    @Option(
            names = "--reject-direct-send",
            negatable = true,
            description = "As if RejectDirectSend were on. Goes before the scenario's.")
    private @Nullable Boolean rejectDirectSend;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = out();
        Scenario scenario = scenario();
        Path folder = mail == null ? Files.createTempDirectory("mailchute-simulator-") : Files.createDirectories(mail);
        DemoAuthority authority = DemoAuthority.create(folder, certificateDomain(scenario));
        try (ExchangeOnline microsoft365 = ExchangeOnline.start(
                scenario, authority, folder, new Ports(submissionPort, mxPort, tokenPort, hvePort, acsPort))) {
            microsoft365.onReceived(received -> print(out, received));
            print(out, microsoft365, scenario, folder);
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private Scenario scenario() throws Exception {
        Scenario scenario = file == null ? Scenario.standard() : Scenario.read(file);
        scenario = delay == null ? scenario : scenario.with("delayMillis", delay);
        return rejectDirectSend == null ? scenario : scenario.with("rejectDirectSend", rejectDirectSend);
    }

    /** Without a connector there is a certificate all the same, to see it make no difference. */
    private static String certificateDomain(Scenario scenario) {
        String domain = scenario.connector().domain();
        return domain.isEmpty() ? "no-connector.example" : domain;
    }

    private void print(PrintWriter out, ExchangeOnline microsoft365, Scenario scenario, Path folder) {
        out.printf("submission      localhost:%d (STARTTLS)%n", microsoft365.submissionPort());
        out.printf("MX host         localhost:%d%n", microsoft365.mxPort());
        out.printf("hve             localhost:%d (STARTTLS)%n", microsoft365.hvePort());
        out.printf("acs             localhost:%d (STARTTLS)%n", microsoft365.acsPort());
        out.printf("token endpoint  %s%n", microsoft365.tokenEndpoint());
        out.printf("certificates    %s (ca.pem, client-chain.pem, client-key.pem)%n", folder);
        out.printf(
                "domains         %s, mailboxes %s, hve accounts %s%n",
                scenario.acceptedDomains(), scenario.mailboxes(), scenario.hveAccounts());
        // the standard secret is public and opens nothing; one in a file of the user's may be real
        out.printf(
                "application     %s, secret %s%n",
                scenario.app().clientId(), file == null ? scenario.app().clientSecret() : "as in " + file);
        out.flush();
    }

    private static void print(PrintWriter out, Received received) {
        out.printf(
                "%s from %s for %s, %s%n",
                received.option(), received.mailFrom(), received.recipients(), received.file());
        out.flush();
    }
}
