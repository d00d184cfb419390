package org.mailchute.management;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.mailchute.credentials.RenewedTls;
import org.mailchute.credentials.TlsSource;
import org.mailchute.door.ClosedPort;
import org.mailchute.settings.ManagementSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a gateway answers at the management port while it waits for another one of its home: that it lives, is not ready, and why. Home's
 * files about the port are those of the one that works.
 */
public final class StandbyPages implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StandbyPages.class);

    private final HttpPages pages = new HttpPages(ConnectionLimits.STANDARD, Clock.systemUTC());

    private StandbyPages() {}

    /**
     * Starts it where a bind address and a port are set. A port that cannot be had is told, and waited without.
     *
     * @param why it is not ready, in words for people
     */
    public static AutoCloseable start(ManagementSettings management, Supplier<String> why) {
        if (management.bind().isEmpty() || management.port() == 0) {
            return () -> {};
        }
        StandbyPages standby = new StandbyPages();
        standby.pages.health("/health/live", request -> Response.line(200, "live: " + why.get()));
        standby.pages.health("/health/ready", request -> Response.line(503, why.get()));
        standby.pages.otherwise(request -> Response.line(503, why.get()));
        standby.listen(management);
        return standby;
    }

    private void listen(ManagementSettings management) {
        Optional<TlsSource> tls = management.certificate().map(files -> RenewedTls.serving(files, Clock.systemUTC()));
        try {
            pages.listen(new InetSocketAddress(management.bind(), management.port()), tls);
        } catch (IOException e) {
            LOG.warn(
                    "{}; this standby answers no probe",
                    ClosedPort.of("management", management.bind(), management.port(), e)
                            .getMessage());
        }
    }

    @Override
    public void close() {
        pages.close();
    }
}
