package org.mailchute.command;

import picocli.CommandLine.Mixin;

/** One that needs the settings. */
abstract class SettingsCommand extends PrintingCommand {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli makes it
    ConfigOption config;
}
