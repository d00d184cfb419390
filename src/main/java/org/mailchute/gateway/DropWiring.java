package org.mailchute.gateway;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.mailchute.credentials.RenewedTls;
import org.mailchute.drop.DropFolder;
import org.mailchute.drop.DropLogin;
import org.mailchute.drop.DropPlan;
import org.mailchute.drop.DropServer;
import org.mailchute.drop.Quota;
import org.mailchute.settings.DropSettings;
import org.mailchute.watch.IgnoredNames;

/** The FTP server of the settings. */
final class DropWiring {
    private DropWiring() {}

    /**
     * @param closed intakes that take nothing now
     * @throws IOException when a folder cannot be made, or the port is not free
     */
    static DropServer start(DropSettings drop, Predicate<String> closed, Clock clock) throws IOException {
        List<DropLogin> logins = new ArrayList<>();
        for (DropSettings.Device device : drop.devices()) {
            Quota quota = new Quota(device.maxWaitingBytes(), device.maxWaitingFiles());
            logins.add(new DropLogin(
                    device.user(),
                    device.password(),
                    DropFolder.open(
                            device.folder(),
                            device.subfolders(),
                            quota,
                            IgnoredNames::ignored,
                            () -> closed.test(device.name())),
                    device.charset()));
        }
        return DropServer.start(
                new DropPlan(
                        drop.bind(),
                        drop.port(),
                        drop.implicitPort(),
                        drop.certificate().map(files -> RenewedTls.serving(files, clock)),
                        drop.tls() == DropSettings.Tls.REQUIRED,
                        drop.passivePorts(),
                        drop.externalAddress(),
                        drop.active(),
                        drop.idle(),
                        drop.sessionAge(),
                        drop.maxLogins(),
                        drop.loginDelay(),
                        drop.charset(),
                        logins),
                clock);
    }
}
