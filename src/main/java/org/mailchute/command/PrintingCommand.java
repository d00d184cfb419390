package org.mailchute.command;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailchute.intake.Shown;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that prints what it finds, and says what is wrong with how it was called. */
@Command(mixinStandardHelpOptions = true)
abstract class PrintingCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    final CommandLine line() {
        return Objects.requireNonNull(spec).commandLine();
    }

    final PrintWriter out() {
        return line().getOut();
    }

    static String count(int number, String thing) {
        return Shown.count(number, thing);
    }

    /** To be thrown: exit code 2. */
    final ParameterException usage(String sentence) {
        return new ParameterException(line(), sentence);
    }
}
