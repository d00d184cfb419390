package org.mailchute.command;

import ch.qos.logback.classic.pattern.RootCauseFirstThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailchute.intake.Shown;

/** {@code %trace{n}} of the logging configurations: a stack trace in which each exception's message is one line. */
public final class OneLineTrace extends RootCauseFirstThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        return super.throwableProxyToString(new OneLine(thrown));
    }

    private record OneLine(IThrowableProxy thrown) implements IThrowableProxy {
        private static @Nullable String line(@Nullable String text) {
            return text == null ? null : Shown.line(text);
        }

        @Override
        public @Nullable String getOverridingMessage() {
            return line(thrown.getOverridingMessage());
        }

        @Override
        public @Nullable String getMessage() {
            return line(thrown.getMessage());
        }

        @Override
        public String getClassName() {
            return thrown.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return thrown.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return thrown.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            IThrowableProxy cause = thrown.getCause();
            return cause == null ? null : new OneLine(cause);
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            return Stream.of(thrown.getSuppressed()).map(OneLine::new).toArray(IThrowableProxy[]::new);
        }

        @Override
        public boolean isCyclic() {
            return thrown.isCyclic();
        }
    }
}
