package org.mailchute.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;

/** The command {@code mailchute}. */
@Command(
        name = "mailchute",
        description = "Carries scans and business mail into Microsoft 365.",
        footer = {"", "Exit codes: 0 done, 1 the command failed, 2 wrong usage or faulty settings"})
public final class Main extends PrintingCommand {
    /** In the order the help shows them. */
    private static final List<Class<?>> COMMANDS = List.of(
            InitCommand.class,
            RunCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            DoctorCommand.class,
            LanesCommand.class,
            LoginCommand.class,
            DeadCommand.class,
            TraceCommand.class,
            DevicesCommand.class,
            DemoCommand.class,
            SimulateCommand.class);

    /** What runs when no command is named. */
    private static final String STANDARD = "run";

    public static void main(String[] arguments) {
        HttpTimes.bound();
        System.exit(commandLine(arguments).execute(arguments));
    }

    /**
     * The command line as it runs; tests give it other streams.
     *
     * @param arguments what it will be asked: it has the command that the first one names, else all, since to learn of them takes a tenth of a
     *     start
     */
    public static CommandLine commandLine(String... arguments) {
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
                .toList();
        CommandLine root = new CommandLine(new Main());
        (named.isEmpty() ? COMMANDS : named).forEach(root::addSubcommand);
        root.setExecutionExceptionHandler((e, command, result) -> Complaint.failure(e, command))
                .setParameterExceptionHandler((e, wrong) -> Complaint.usage(e));
        versioned(root);
        Optional.ofNullable(root.getSubcommands().get("init")).ifPresent(InitCommand::addQuestions);
        return root.setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setOut(PlainText.through(root.getOut()))
                .setErr(PlainText.through(root.getErr()));
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
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

    /** From the manifest of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"mailchute " + (version == null ? "(not packaged)" : version)};
        }
    }
}
