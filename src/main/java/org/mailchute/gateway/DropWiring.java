package org.mailchute.gateway;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.mailchute.drop.DropDevice;
import org.mailchute.drop.DropLogin;
import org.mailchute.drop.DropServer;
import org.mailchute.settings.Settings;
import org.mailchute.watch.IgnoredNames;

/** The FTP server of the settings. */
final class DropWiring {
    private DropWiring() {}

    /**
     * @param closed intakes that take nothing now
     * @throws IOException when a folder cannot be made, or the port is not free
     */
    static DropServer start(Settings.Drop drop, Predicate<String> closed, Clock clock) throws IOException {
        List<DropLogin> logins = new ArrayList<>();
        for (DropDevice device : drop.devices()) {
            logins.add(device.login(IgnoredNames::ignored, () -> closed.test(device.name())));
        }
        return DropServer.start(drop.plan(), logins, clock);
    }
}
