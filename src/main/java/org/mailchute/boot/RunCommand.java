package org.mailchute.boot;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mailchute run}: the gateway, until it is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the gateway until it is stopped (Ctrl-C, SIGTERM). This is the default command.",
        footer = {
            "",
            "Exit codes: 0 stopped, 1 it could not start, 2 faulty settings or usage, 143 stopped by SIGTERM",
            "",
            "Examples:",
            "  mailchute run --config /etc/mailchute/mailchute.yaml",
            "  MAILCHUTE_CONFIG=/etc/mailchute/mailchute.yaml mailchute"
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Override
    public Integer call() throws Exception {
        Gateway gateway = Gateway.start(config.settings(), Surroundings.real(), List.of());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            gateway.close();
                            stopped.countDown();
                        },
                        "mailchute-stop"));
        stopped.await();
        return 0;
    }
}
