package org.mailchute.boot;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code mailchute}. */
@Command(
        name = "mailchute",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Carries scans and business mail into Microsoft 365.",
        // In the order the help shows them.
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            LanesCommand.class,
            DeadCommand.class,
            DemoCommand.class,
            SimulateCommand.class
        },
        footer = {"", "Exit codes: 0 done, 1 the command failed, 2 wrong usage or faulty settings"})
public final class Main implements Callable<Integer> {
    /** What runs when no command is named. */
    private static final String STANDARD = "run";

    private static final int FAILED = 1;
    private static final int FAULTY = 2;

    @Spec
    private @Nullable CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line as it runs; tests give it other streams. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, result) -> failed(e, command));
    }

    /** Only reached without a command. */
    @Override
    public Integer call() {
        CommandLine root = java.util.Objects.requireNonNull(spec).commandLine();
        if (!root.getSubcommands().containsKey(STANDARD)) {
            throw new ParameterException(root, "name a command");
        }
        return root.execute(STANDARD);
    }

    /** People get one clear line, never a stack trace; faulty settings get one line a fault. */
    private static int failed(Exception e, CommandLine command) {
        PrintWriter err = command.getErr();
        if (e instanceof FaultySettings faulty) {
            faulty.faults().forEach(err::println);
            int count = faulty.faults().size();
            err.println("mailchute: " + (count == 1 ? "1 fault" : count + " faults") + " in the settings");
            return FAULTY;
        }
        err.println("mailchute: " + sentence(e));
        return FAILED;
    }

    private static String sentence(Throwable e) {
        String message = Optional.ofNullable(e.getMessage())
                .orElse("")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return message.isEmpty() ? e.getClass().getSimpleName() : message;
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
