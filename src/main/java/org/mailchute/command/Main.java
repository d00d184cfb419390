package org.mailchute.command;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.mailchute.management.Running;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code mailchute}. */
@Command(
        name = "mailchute",
        description = "Carries scans and business mail into Microsoft 365.",
        // In the order the help shows them.
        subcommands = {
            InitCommand.class,
            RunCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            DoctorCommand.class,
            LanesCommand.class,
            ReloadCommand.class,
            LoginCommand.class,
            DeadCommand.class,
            TraceCommand.class,
            DevicesCommand.class,
            ConsoleCommand.class,
            PasswordCommand.class,
            DemoCommand.class,
            SimulateCommand.class
        },
        footer = {"", "Exit codes: 0 done, 1 the command failed, 2 wrong usage or faulty settings"})
public final class Main extends PrintingCommand {
    /** The environment variable that names the settings file. */
    public static final String SETTINGS = "MAILCHUTE_CONFIG";

    /** The environment variable that names the person for whom root runs a command. */
    public static final String PERSON = "SUDO_USER";

    /** What runs when no command is named. */
    private static final String STANDARD = "run";

    public static void main(String[] arguments) {
        LibraryDefaults.set();
        System.exit(commandLine(arguments).execute(arguments));
    }

    /**
     * The command line as it runs; tests give it other streams.
     *
     * @param arguments what it will be asked: it has the command that the first one names, else all, since to learn of all takes a twentieth of a
     *     command
     */
    public static CommandLine commandLine(String... arguments) {
        return commandLine(System.getenv(), arguments);
    }

    /** The same, in another environment than this process has. */
    public static CommandLine commandLine(Map<String, String> environment, String... arguments) {
        IFactory parts = new InEnvironment(environment);
        CommandLine root = named(arguments)
                .map(command -> new CommandLine(CommandSpec.create().name("mailchute"))
                        .addSubcommand(arguments[0], new CommandLine(command, parts)))
                .orElseGet(() -> new CommandLine(new Main(), parts));
        root.setExecutionExceptionHandler((e, command, result) -> Complaint.failure(e, command))
                .setParameterExceptionHandler((e, wrong) -> Complaint.usage(e));
        versioned(root);
        return root.setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setOut(PlainText.through(root.getOut()))
                .setErr(PlainText.through(root.getErr()));
    }

    private static Optional<Class<?>> named(String[] arguments) {
        return Arrays.stream(Main.class.getAnnotation(Command.class).subcommands())
                .filter(command -> arguments.length > 0
                        && command.getAnnotation(Command.class).name().equals(arguments[0]))
                .findFirst();
    }

    /** Every command answers {@code --version} the same. */
    private static void versioned(CommandLine command) {
        command.getCommandSpec().versionProvider(new Version());
        command.getSubcommands().values().forEach(Main::versioned);
    }

    /** Only reached without a command. */
    @Override
    public Integer call() {
        return line().execute(STANDARD);
    }

    /** What the commands are made of. */
    private record InEnvironment(Map<String, String> environment) implements IFactory {
        @Override
        public <K> K create(Class<K> kind) throws Exception {
            return kind == ConfigOption.class
                    ? kind.cast(new ConfigOption(environment))
                    : CommandLine.defaultFactory().create(kind);
        }
    }

    /** From the manifest of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"mailchute " + Running.version()};
        }
    }
}
