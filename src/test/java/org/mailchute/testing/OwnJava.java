package org.mailchute.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program with the classes of the tests in a Java of its own, which starts soon: it ends before a second compiler or threads for garbage pay. */
public final class OwnJava {
    private OwnJava() {}

    /**
     * The command, to which the program's arguments are added.
     *
     * @param options of Java itself
     */
    public static List<String> running(String program, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program));
        return command;
    }
}
