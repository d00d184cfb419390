package org.mailchute.command;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;

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
            LoginCommand.class,
            DeadCommand.class,
            TraceCommand.class,
            DevicesCommand.class,
            DemoCommand.class,
            SimulateCommand.class
        },
        footer = {"", "Exit codes: 0 done, 1 the command failed, 2 wrong usage or faulty settings"})
public final class Main extends PrintingCommand {
    /** What runs when no command is named. */
    private static final String STANDARD = "run";

    public static void main(String[] arguments) {
        HttpTimes.bound();
        System.exit(commandLine().execute(arguments));
    }

    /** The command line as it runs; tests give it other streams. */
    public static CommandLine commandLine() {
        CommandLine root = new CommandLine(new Main())
                .setExecutionExceptionHandler((e, command, result) -> Complaint.failure(e, command))
                .setParameterExceptionHandler((e, arguments) -> Complaint.usage(e));
        versioned(root);
        InitCommand.addQuestions(Objects.requireNonNull(root.getSubcommands().get("init")));
        return root.setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setOut(PlainText.through(root.getOut()))
                .setErr(PlainText.through(root.getErr()));
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
