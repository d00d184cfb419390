package org.mailchute.command;

import picocli.CommandLine.Mixin;

/** One that needs the settings. */
abstract class SettingsCommand extends PrintingCommand {
    @Mixin
    final ConfigOption config = new ConfigOption();
}
