package org.mailchute.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailchute.credentials.PasswordHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mailchute password}: what the settings hold of a password. */
@Command(
        name = "password",
        description =
                "Asks for a password, twice and without showing it, and prints its hash for console.users. Not from a"
                        + " terminal, it is the first line of the input. It has 12 characters or more.",
        footer = {
            "",
            "Exit codes: 0 done, 1 too short, or not the same twice",
            "",
            "Examples:",
            "  mailchute password",
            "  mailchute password --out /etc/mailchute/anna.hash"
        })
final class PasswordCommand extends PrintingCommand {
    private @Nullable Reader in;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the hash into this file, and prints nothing.")
    private @Nullable Path file;

    /** Instead of a terminal. */
    void in(Reader reader) {
        in = reader;
    }

    @Override
    public Integer call() throws IOException {
        Optional<String> password = asked();
        if (password.isEmpty()) {
            line().getErr().println("mailchute: the second one is another");
            return 1;
        }
        String hash = PasswordHash.of(password.get(), new SecureRandom()).text();
        if (file == null) {
            out().println(hash);
        } else {
            Files.writeString(file, hash + "\n");
        }
        return 0;
    }

    /** Empty when the second one is not the first. */
    private Optional<String> asked() throws IOException {
        Console terminal = System.console();
        if (in != null || terminal == null) {
            Reader reader = in == null ? new InputStreamReader(System.in, Charset.defaultCharset()) : in;
            String written = new BufferedReader(reader).readLine();
            return Optional.of(written == null ? "" : written);
        }
        String first = secret(terminal.readPassword("Password: "));
        return secret(terminal.readPassword("Again: ")).equals(first) ? Optional.of(first) : Optional.empty();
    }

    private static String secret(char @Nullable [] typed) {
        return typed == null ? "" : new String(typed);
    }
}
