package org.mailchute.karaf;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;
import org.mailchute.command.Main;
import org.mailchute.command.PlainText;

/** {@code mailchute NAME} of the command line, as {@code mailchute:NAME} of Karaf's shell; of the gateway that runs here, unless told otherwise. */
final class ShellCommand implements Command {
    private final String name;
    private final Path settings;

    /** @param settings of the gateway of this Karaf */
    ShellCommand(String name, Path settings) {
        this.name = name;
        this.settings = settings;
    }

    @Override
    public String getScope() {
        return "mailchute";
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getDescription() {
        String[] description = Objects.requireNonNull(
                        Main.commandLine(name).getSubcommands().get(name))
                .getCommandSpec()
                .usageMessage()
                .description();
        return String.join(" ", description).replaceAll("(?s)[.:;].*", "");
    }

    /** Its answer goes where the shell has {@code System.out} go, so that it can be piped. */
    @Override
    public @Nullable Object execute(Session session, List<Object> arguments) throws CommandException {
        String[] words = Stream.concat(Stream.of(name), arguments.stream().map(String::valueOf))
                .toArray(String[]::new);
        StringWriter complaint = new StringWriter();
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(ShellCommand.class.getClassLoader());
        int exitCode;
        try {
            exitCode = Main.commandLine(environment(session), words)
                    .setErr(PlainText.through(complaint))
                    .execute(words);
        } finally {
            current.setContextClassLoader(before);
        }
        if (exitCode != 0) {
            String said = complaint.toString().strip();
            throw new CommandException(said.isEmpty() ? "mailchute " + name + ": exit code " + exitCode : said);
        }
        return null;
    }

    /** Of the process; with the settings, and the person by whose name the shell was entered. */
    private Map<String, String> environment(Session session) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put(Main.SETTINGS, settings.toString());
        if (session.get("USER") instanceof String person) {
            environment.put(Main.PERSON, person);
        }
        return environment;
    }

    @Override
    public @Nullable Completer getCompleter(boolean scoped) {
        return null;
    }

    @Override
    public @Nullable Parser getParser() {
        return null;
    }
}
