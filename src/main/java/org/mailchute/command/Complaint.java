package org.mailchute.command;

import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.mailchute.door.ClosedPort;
import org.mailchute.settings.FaultySettings;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What people see when a command goes wrong: clear lines on standard error, never a stack trace. */
final class Complaint {
    private static final int FAILED = 1;
    private static final int FAULTY = 2;

    /** systemd-run, since it reads that file as the unit does; a shell would read it otherwise. */
    private static final String VARIABLES =
            "mailchute: the systemd unit takes its variables from /etc/mailchute/mailchute.env; a command has them by: sudo"
                    + " systemd-run --pty --pipe --wait --quiet --uid=mailchute -p EnvironmentFile=/etc/mailchute/mailchute.env"
                    + " /opt/mailchute/bin/mailchute check";

    private Complaint() {}

    /** The command failed, or its settings are faulty, and the next start would fail as well: then one line for each fault. */
    static int failure(Exception e, CommandLine command) {
        PrintWriter err = command.getErr();
        if (e instanceof FaultySettings faulty) {
            faulty.faults().forEach(err::println);
            err.println("mailchute: " + PrintingCommand.count(faulty.faults().size(), "fault") + " in the settings");
            if (faulty.lacksVariable()) {
                err.println(VARIABLES);
            }
            return FAULTY;
        }
        err.println("mailchute: " + sentence(e));
        return e instanceof ClosedPort port && port.forbidden() ? FAULTY : FAILED;
    }

    /** Wrong usage: what is wrong, perhaps what was meant, and where help is. */
    static int usage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("mailchute: " + sentence(e));
        UnmatchedArgumentException.printSuggestions(e, command.getErr());
        command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return FAULTY;
    }

    static String sentence(Throwable e) {
        if (e instanceof FileSystemException file) {
            return unusable(file);
        }
        String message = Optional.ofNullable(e.getMessage())
                .orElse("")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return message.isEmpty() ? e.getClass().getSimpleName() : message;
    }

    /** Java's own message is the bare path, mostly. */
    private static String unusable(FileSystemException e) {
        String why = e instanceof AccessDeniedException
                ? "this user has no right to it"
                : Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName());
        return e.getFile() + " cannot be used: " + why;
    }
}
