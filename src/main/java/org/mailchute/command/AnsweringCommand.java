package org.mailchute.command;

import org.mailchute.settings.FaultySettings;
import org.mailchute.spool.SpoolJson;
import picocli.CommandLine.Option;

/** One whose answer a program may want. */
abstract class AnsweringCommand extends SettingsCommand {
    @Option(names = "--json", description = "One JSON document; src/docs/commands.md explains its keys.")
    boolean json;

    /** The running one. */
    final ManagementClient gateway() throws FaultySettings {
        return new ManagementClient(config.place().home());
    }

    /** @param differs whether the settings file is not what the gateway runs by */
    final void tellOf(boolean differs) {
        if (differs) {
            out().println(
                            "The settings file has changed since the gateway read it: mailchute check --diff shows what, mailchute reload takes it.");
        }
    }

    /** @param answer a record of {@link JsonAnswers}, or a list of them */
    final void print(Object answer) {
        out().println(SpoolJson.write(answer));
    }

    /** Who asks: the person, where root asks for one. */
    final String user() {
        String person = config.environment().getOrDefault(Main.PERSON, "");
        return person.isEmpty() ? System.getProperty("user.name", "") : person;
    }
}
