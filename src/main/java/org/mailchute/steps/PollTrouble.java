package org.mailchute.steps;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.remote.RemoteFilePollingConsumerPollStrategy;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.mailchute.intake.Shown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code trouble-INTAKE}: a folder or server that cannot be polled is said once, with its cause, and once more when it is
 * well again. Camel itself says it at every poll, and leaves the cause of a refused FTP login out.
 */
public final class PollTrouble extends RemoteFilePollingConsumerPollStrategy implements ExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PollTrouble.class);

    private static final Pattern WRAPPING = Pattern.compile("^File operation failed: (null )?|\\. Code: \\d+$");

    private final String intake;
    private volatile @Nullable String said;

    public PollTrouble(String intake) {
        this.intake = intake;
    }

    /** A folder that cannot be looked into is not polled. */
    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        Optional<String> lack = endpoint instanceof FileEndpoint folder
                ? FolderAccess.lacks(folder.getFile().toPath())
                        .map(why -> why + ": " + folder.getFile().getPath())
                : Optional.empty();
        lack.ifPresent(why -> handleException(why, null));
        return lack.isEmpty();
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        if (said != null) {
            said = null;
            LOG.info("intake {} is polled again", intake);
        }
    }

    @Override
    public void handleException(Throwable cause) {
        handleException(null, null, cause);
    }

    @Override
    public void handleException(@Nullable String message, @Nullable Throwable cause) {
        handleException(message, null, cause);
    }

    @Override
    public void handleException(@Nullable String message, @Nullable Exchange exchange, @Nullable Throwable cause) {
        String now = cause == null ? String.valueOf(message) : sentence(cause);
        if (!now.equals(said)) {
            said = now;
            LOG.warn("intake {} cannot be polled, and is tried again at each poll: {}", intake, now);
        }
    }

    /** What the server answered, and what lay under it. */
    private static String sentence(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String outer = words(cause);
        String inner = words(root);
        return Shown.line(outer.contains(inner) ? outer : outer + " (" + inner + ")");
    }

    /** camel-ftp wraps the words, puts an old reply code after them, and "null" before them where there was no reply. */
    private static String words(Throwable thrown) {
        String message = Objects.requireNonNullElse(
                thrown.getMessage(), thrown.getClass().getSimpleName());
        return WRAPPING.matcher(message).replaceAll("").strip();
    }
}
