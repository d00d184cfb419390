package org.mailchute.boot;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.mailchute.simulator.DemoAuthority;
import org.mailchute.simulator.ExchangeOnline;
import org.mailchute.simulator.ExchangeOnline.Ports;
import org.mailchute.simulator.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mailchute simulate}: the simulator alone, to try settings or other programs against. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description =
                "Runs the simulated Microsoft 365 alone, on loopback, until stopped: submission, MX host and token endpoint.",
        footer = {
            "",
            "Exit codes: 0 stopped, 1 a port is taken",
            "",
            "Examples:",
            "  mailchute simulate",
            "  mailchute simulate --submission-port 5587 --mx-port 5525 --token-port 5443 --mail received --delay 20"
        })
final class SimulateCommand implements Callable<Integer> {
    @Option(names = "--submission-port", paramLabel = "PORT", description = "Default: a free one.")
    private int submissionPort;

    @Option(names = "--mx-port", paramLabel = "PORT", description = "Default: a free one.")
    private int mxPort;

    @Option(names = "--token-port", paramLabel = "PORT", description = "Default: a free one.")
    private int tokenPort;

    @Option(
            names = "--mail",
            paramLabel = "FOLDER",
            description = "Where received mail and certificates go. Default: a new temporary folder.")
    private @Nullable Path mail;

    @Option(
            names = "--delay",
            paramLabel = "MILLISECONDS",
            description = "Before each flight of replies, as at a distance.")
    private int delay;

    @Option(names = "--reject-direct-send", description = "As if RejectDirectSend were on.")
    private boolean rejectDirectSend;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Path folder = mail == null ? Files.createTempDirectory("mailchute-simulator-") : Files.createDirectories(mail);
        Scenario scenario = Scenario.standard().withDelayMillis(delay).withRejectDirectSend(rejectDirectSend);
        DemoAuthority authority = DemoAuthority.create(folder, scenario.connectorDomain());
        try (ExchangeOnline microsoft365 =
                ExchangeOnline.start(scenario, authority, folder, new Ports(submissionPort, mxPort, tokenPort))) {
            out.printf("submission      localhost:%d (STARTTLS)%n", microsoft365.submissionPort());
            out.printf("MX host         localhost:%d%n", microsoft365.mxPort());
            out.printf("token endpoint  %s%n", microsoft365.tokenEndpoint());
            out.printf("certificates    %s (ca.pem, client-chain.pem, client-key.pem)%n", folder);
            out.printf(
                    "domains         %s, mailboxes %s%n",
                    scenario.acceptedDomains(), scenario.mailboxes().keySet());
            out.flush();
            microsoft365.onReceived(received -> {
                out.printf(
                        "%s from %s for %s, %s%n",
                        received.option(), received.mailFrom(), received.recipients(), received.file());
                out.flush();
            });
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
