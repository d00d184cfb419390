package org.mailchute.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.status.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What gets installed is true: commands exist, settings pass, files are whole. */
class DeployFilesTest {
    private static final Path DEPLOY = Path.of("deploy");
    private static final Pattern COMMAND = Pattern.compile(
            "(?:mailchute|mailchute\\.jar\"?|args: \\[\"|CMD \\[\")[ ]?([a-z]{3,10})(?= |\"|`|$)", Pattern.MULTILINE);

    private static final Pattern LOGBACK = Pattern.compile("<logger name=\"([^\"]+)\" level=\"([^\"]+)\"");
    private static final Pattern PAX = Pattern.compile(
            "log4j2\\.logger\\.(?:[a-z-]+)\\.name = (\\S+)\\Rlog4j2\\.logger\\.[a-z-]+\\.level = (\\w+)");

    @TempDir
    Path folder;

    @Test
    void theLoggingOfEachInstallationKeepsTheSameLibrariesQuiet() throws Exception {
        Map<String, String> shipped = new TreeMap<>();
        for (Logger logger : standard().getLoggerList()) {
            if (logger.getLevel() != null && !Set.of("ROOT", "mail").contains(logger.getName())) {
                shipped.put(logger.getName(), logger.getLevel().toString());
            }
        }
        assertThat(shipped).hasSizeGreaterThan(10);
        assertThat(loggers(DEPLOY.resolve("logback.xml"), LOGBACK)).isEqualTo(shipped);
        assertThat(loggers(Path.of("karaf-features/logging.cfg"), PAX)).isEqualTo(shipped);
    }

    /** Name to level, but for our own mail log. */
    private static Map<String, String> loggers(Path file, Pattern form) throws Exception {
        Map<String, String> levels = new TreeMap<>();
        form.matcher(Files.readString(file))
                .results()
                .filter(logger -> !logger.group(1).equals("mail"))
                .forEach(logger -> levels.put(logger.group(1), logger.group(2)));
        return levels;
    }

    /** Logback as it starts where nobody says otherwise. */
    private static LoggerContext standard() {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        assertThat(new StandardLog().configure(context)).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        return context;
    }

    @Test
    void aFileThatIsNamedIsTheLogsOnlyConfiguration() {
        System.setProperty(ClassicConstants.CONFIG_FILE_PROPERTY, "deploy/logback.xml");
        try {
            LoggerContext context = new LoggerContext();
            assertThat(new StandardLog().configure(context)).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
            assertThat(context.getLogger("ROOT").iteratorForAppenders()).isExhausted();
        } finally {
            System.clearProperty(ClassicConstants.CONFIG_FILE_PROPERTY);
        }
    }

    /** Logback as it starts with this file. */
    private static LoggerContext logging(Path file, Path logs) throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("mailchute.logs", logs.toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(file.toFile());
        return context;
    }

    private static void logsOneLine(Path logs) throws Exception {
        LoggerContext context = logging(DEPLOY.resolve("logback.xml"), logs);
        context.getLogger("mail").info("one line");
        context.stop();
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .noneMatch(status -> status.getEffectiveLevel() >= Status.WARN);
    }

    @Test
    void theSampleOfTheLogSettingsIsUnderstoodByLogback() throws Exception {
        logsOneLine(folder.resolve("logs"));
        assertThat(folder.resolve("logs/mail.log")).content().endsWith("one line\n");
    }

    @Test
    void whereLogFilesCannotBeWrittenALineForEachSaysSoAndTheLogGoesToTheConsole() throws Exception {
        Path noFolder = Files.createFile(folder.resolve("file")).resolve("logs");
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(console, true, UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            logsOneLine(noFolder);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(console.toString(UTF_8).lines())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .startsWith("mailchute: ")
                                .contains("what " + noFolder.resolve("mailchute.log")
                                        + " would hold goes to standard output"),
                        line -> assertThat(line)
                                .startsWith("mailchute: ")
                                .contains(
                                        "what " + noFolder.resolve("mail.log") + " would hold goes to standard output"),
                        line -> assertThat(line).endsWith(" one line"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("P9: nobody's name, reply or fault writes a line of its own into the log")
    void whateverIsLoggedIsOneLine(boolean standard) throws Exception {
        LoggerContext context = standard ? standard() : logging(DEPLOY.resolve("logback.xml"), folder);
        Exception fault = new IllegalStateException("a\nforged fault", new IOException("b\r\nforged cause"));
        fault.addSuppressed(new IOException("c\u2028forged aside"));
        LoggingEvent event = new LoggingEvent(
                "", context.getLogger("org.mailchute.X"), Level.WARN, "user {} came", fault, new Object[] {
                    "x\nforged\u001b[2J"
                });

        for (Logger logger : context.getLoggerList()) {
            logger.iteratorForAppenders().forEachRemaining(appender -> {
                String text = new String(
                        ((OutputStreamAppender<ILoggingEvent>) appender)
                                .getEncoder()
                                .encode(event),
                        UTF_8);
                assertThat(text).contains("user x?forged?[2J came\n").doesNotContain("\r", "\u001b", "\u2028");
                assertThat(text.lines()).noneMatch(line -> line.startsWith("forged"));
            });
        }
        context.stop();
    }

    /** Karaf's own log4j renders it; KarafIT starts with this file. */
    @Test
    @DisplayName("P9: in Karaf too")
    void whateverIsLoggedInKarafIsOneLine() throws Exception {
        Properties karaf = new Properties();
        karaf.load(Files.newBufferedReader(Path.of("karaf-features/logging.cfg")));
        assertThat(karaf.getProperty("log4j2.pattern")).endsWith("%n");
        Matcher replaced = Pattern.compile("%replace\\{(%m|%notEmpty\\{ \\| %xEx})}\\{(\\[.*?])\\+?}\\{[? ]}")
                .matcher(karaf.getProperty("log4j2.pattern"));
        for (String part : List.of("%m", "%notEmpty{ | %xEx}")) {
            assertThat(replaced.find()).isTrue();
            assertThat(replaced.group(1)).isEqualTo(part);
            assertThat("x\r\n\t\u001b\u0085\u2028\u2029\u202e".replaceAll(replaced.group(2), ""))
                    .isEqualTo("x");
        }
        assertThat(karaf)
                .containsEntry("log4j2.appender.rolling.layout.alwaysWriteExceptions", "false")
                .containsEntry("log4j2.appender.console.layout.alwaysWriteExceptions", "false")
                .containsEntry("log4j2.outpattern", "${log4j2.pattern}");
    }

    @Test
    void theWindowsServiceIsWellFormedAndRunsTheGateway() throws Exception {
        String arguments = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(DEPLOY.resolve("windows-service/mailchute-service.xml").toFile())
                .getElementsByTagName("arguments")
                .item(0)
                .getTextContent();
        assertThat(arguments).contains("mailchute.jar\" run --config ");
    }

    @Test
    void everyCommandNamedByAFileOfDeployExists() throws Exception {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                COMMAND.matcher(Files.readString(file))
                        .results()
                        .map(DeployFilesTest::command)
                        .forEach(named::add);
            }
        }
        assertThat(named).contains("run", "check");
        assertThat(named).isSubsetOf(Main.commandLine().getSubcommands().keySet());
    }

    private static String command(MatchResult match) {
        return match.group(1);
    }

    @Test
    void theSystemdUnitDoesNotStartFaultySettingsAgainNorAnythingForEver() throws Exception {
        assertThat(Files.readAllLines(DEPLOY.resolve("systemd/mailchute.service")))
                .contains(
                        "RestartPreventExitStatus=2",
                        "StartLimitIntervalSec=1h",
                        "LogsDirectory=mailchute",
                        "SuccessExitStatus=143",
                        "NoNewPrivileges=true",
                        "ProtectSystem=strict");
    }

    @Test
    @DisplayName("P9: the service has no more rights than it needs, and leaves no secret in a dump")
    void theServicesHaveFewRights() throws Exception {
        assertThat(Files.readAllLines(DEPLOY.resolve("systemd/mailchute.service")))
                .contains(
                        "User=mailchute",
                        "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
                        "AmbientCapabilities=CAP_NET_BIND_SERVICE",
                        "UMask=0077",
                        "ProtectProc=invisible",
                        "LimitCORE=0");
    }
}
