package org.mailchute.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailchute.settings.FaultySettings;
import org.mailchute.settings.GatewayPlace;
import org.mailchute.settings.Settings;
import org.mailchute.settings.SettingsReader;
import picocli.CommandLine.Option;

/** The option {@code --config} of every command that needs the settings. */
final class ConfigOption {
    private static final Path HERE = Path.of("mailchute.yaml");
    static final Path INSTALLED = Path.of("/etc/mailchute/mailchute.yaml");

    private final Map<String, String> environment;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Settings. Default: $MAILCHUTE_CONFIG, else mailchute.yaml in this folder,"
                    + " else /etc/mailchute/mailchute.yaml.")
    private @Nullable Path config;

    ConfigOption() {
        this(System.getenv());
    }

    ConfigOption(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The settings file to read; it need not exist. */
    Path file() {
        if (config != null) {
            return config;
        }
        String named = environment.get(Main.SETTINGS);
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        return Files.exists(HERE) ? HERE : INSTALLED;
    }

    /** Of who logs in somewhere. */
    Settings settings() throws FaultySettings {
        return checked().settings();
    }

    /** Of who does not: their user need not see a secret. */
    Settings withoutSecrets() throws FaultySettings {
        return SettingsReader.withoutSecrets(file(), environment);
    }

    /** Of who asks the running gateway. */
    GatewayPlace place() throws FaultySettings {
        return SettingsReader.place(file(), environment);
    }

    Map<String, String> environment() {
        return environment;
    }

    SettingsReader.Checked checked() throws FaultySettings {
        return SettingsReader.check(file(), environment);
    }
}
