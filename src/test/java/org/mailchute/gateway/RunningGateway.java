package org.mailchute.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.mailchute.settings.SettingsReader;

/** Lets tests of other packages run a gateway from a settings file. */
public final class RunningGateway implements AutoCloseable {
    private final Gateway gateway;

    private RunningGateway(Gateway gateway) {
        this.gateway = gateway;
    }

    public static RunningGateway start(Path settings) throws Exception {
        return new RunningGateway(Gateway.start(
                () -> SettingsReader.read(settings, Map.of()), Surroundings.real(), List.of(), lost -> {}));
    }

    @Override
    public void close() {
        gateway.close();
    }
}
