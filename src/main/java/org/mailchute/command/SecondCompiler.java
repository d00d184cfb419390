package org.mailchute.command;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.LoggerFactory;

/**
 * Keeps HotSpot's second compiler (C2) to what gains by it: code that enciphers, encodes and carries octets, for which only C2 has the processor's own
 * instructions. All else runs too seldom in a gateway: translating it a second time took a fifth of the processor's time of 3,200 small messages; and what
 * finds and makes classes works at a start, and seldom later (src/docs/performance.md). Told as {@code jcmd Compiler.directives_add} tells it (JEP 165);
 * with {@code -Dmailchute.compiler=all} in {@code MAILCHUTE_JAVA_OPTS} Java decides alone.
 */
final class SecondCompiler {
    /** The first that fits a method holds. */
    private static final String DIRECTIVES = """
            [
              {
                match: ["com/sun/crypto/provider/*.*", "javax/crypto/*.*", "java/security/*.*", "sun/security/*.*", "javax/net/*.*",
                        "java/io/*.*", "java/nio/*.*", "sun/nio/*.*", "jdk/internal/misc/*.*", "jdk/internal/util/*.*", "java/util/Base64*.*",
                        "java/util/Arrays.*", "java/util/Objects.*", "java/lang/Math.*", "java/lang/System.*",
                        "org/eclipse/angus/*.*", "org/mailchute/message/*.*", "org/mailchute/smtp/*.*"],
                c2: { Exclude: false }
              },
              { match: ["*.*"], c2: { Exclude: true } }
            ]
            """;

    private SecondCompiler() {}

    /** Returns at once: a start does not wait for it. */
    static void keepToWhatPays() {
        if ("all".equals(System.getProperty("mailchute.compiler"))) {
            return;
        }
        Thread telling = new Thread(SecondCompiler::tell, "mailchute-compiler");
        telling.setDaemon(true);
        telling.start();
    }

    /** A Java that cannot be told compiles as it likes. */
    static void tell() {
        try {
            Path file = Files.createTempFile("mailchute-compiler", ".json"); // it takes a file only
            try {
                Files.writeString(file, DIRECTIVES);
                ask("compilerDirectivesAdd", "\"" + file + "\"");
            } finally {
                Files.delete(file);
            }
        } catch (IOException | JMException | RuntimeException e) {
            LoggerFactory.getLogger(SecondCompiler.class).debug("Java's second compiler compiles all", e);
        }
    }

    /** A command of {@code jcmd}, to this process. */
    static String ask(String command, String... arguments) throws JMException {
        return String.valueOf(ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        command,
                        new Object[] {arguments},
                        new String[] {String[].class.getName()}));
    }
}
