package org.mailchute.command;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.pattern.DynamicConverter;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The log where nobody says otherwise: one line per event on standard output, where a service manager or container keeps it. Another is a file that
 * {@code -Dlogback.configurationFile} names. Not such a file itself: to read the same from XML took a twentieth of a start.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class StandardLog extends ContextAwareBase implements Configurator {
    /** Whatever a stranger's name or reply holds, it is one line. */
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %line%n%trace{12}";

    private static final Map<String, Supplier<DynamicConverter<ILoggingEvent>>> WORDS =
            Map.of("line", OneLineMessage::new, "trace", OneLineTrace::new);

    private static final Map<String, Level> LEVELS = Map.ofEntries(
            Map.entry("org.apache.camel", Level.WARN),
            // PollTrouble says it, once and with the cause
            Map.entry("org.apache.camel.component.file.remote.RemoteFilePollingConsumerPollStrategy", Level.ERROR),
            // Release and Claim say it, with its cause
            Map.entry("org.apache.camel.component.file.GenericFileOnCompletion", Level.ERROR),
            Map.entry("org.apache.activemq", Level.WARN),
            Map.entry("org.apache.activemq.audit", Level.OFF),
            // what an application is refused is told in one line, without where in Artemis
            Map.entry("org.apache.activemq.artemis.protocol.amqp", Level.ERROR),
            Map.entry("org.springframework", Level.WARN),
            Map.entry("org.messaginghub", Level.WARN),
            // it would print what Entra answers, word for word; our own message says what is wrong
            Map.entry("com.microsoft.aad.msal4j", Level.OFF),
            Map.entry("org.apache.ftpserver", Level.ERROR),
            // it tells of its tables at each start
            Map.entry("org.flywaydb", Level.WARN),
            // of a database that is away the cluster tells by itself
            Map.entry("com.zaxxer.hikari", Level.ERROR),
            Map.entry("org.apache.mina", Level.ERROR),
            // out of file handles, twenty times a second: DiskRoom says it, once
            Map.entry("org.apache.mina.core.service.AbstractIoService", Level.OFF),
            // SessionTrouble says it, in one line
            Map.entry("org.apache.mina.filter.ssl", Level.OFF),
            Map.entry("org.subethamail", Level.WARN));

    @Override
    public ExecutionStatus configure(LoggerContext log) {
        if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        LEVELS.forEach((name, level) -> log.getLogger(name).setLevel(level));
        log.getLogger("mail").setLevel(asked("mailchute.mail.log"));
        Logger root = log.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(asked("mailchute.log"));
        root.addAppender(console(log));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Level asked(String property) {
        return Level.toLevel(System.getProperty(property), Level.INFO);
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext log) {
        log.putObject(CoreConstants.PATTERN_RULE_REGISTRY_FOR_SUPPLIERS, new HashMap<>(WORDS));
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(log);
        encoder.setPattern(PATTERN);
        encoder.start();
        ConsoleAppender<ILoggingEvent> out = new ConsoleAppender<>();
        out.setContext(log);
        out.setName("out");
        out.setEncoder(encoder);
        out.start();
        return out;
    }
}
