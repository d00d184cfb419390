package org.mailchute.steps;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.remote.RemoteFilePollingConsumerPollStrategy;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.mailchute.intake.RejectedRoom;
import org.mailchute.intake.Shown;
import org.mailchute.polled.FileRefused;
import org.mailchute.polled.FileWithheld;
import org.mailchute.polled.PolledServer;
import org.mailchute.polled.ServerTrouble;
import org.mailchute.polled.TakenFiles;
import org.mailchute.watch.FolderAccess;
import org.mailchute.watch.FolderRoom;
import org.mailchute.watch.GivingWay;
import org.mailchute.watch.Share;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code trouble-INTAKE}: a folder or server that cannot be polled is said once and daily, with its cause, and once more when it
 * is well again. Camel itself says it at every poll, and leaves the cause of a refused FTP login out.
 */
public final class PollTrouble extends RemoteFilePollingConsumerPollStrategy implements ExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PollTrouble.class);

    private static final Pattern WRAPPING = Pattern.compile("^File operation failed: (null )?|\\. Code: \\d+$");
    /** A port or the number of a session makes no other trouble; a reply code, first in its quotation marks, does. */
    private static final Pattern NUMBERS = Pattern.compile("(?<![\"\\d])\\d+");

    private static final Duration TOLD_AGAIN = Duration.ofDays(1);
    private static final int MOST = 20;

    private final String intake;
    private final Clock clock;
    private final Optional<PolledServer> server;
    private final Optional<FolderRoom> room;
    private final RejectedRoom rejected;
    private final GivingWay way;
    /** What was told since it was well, and when; several causes may take turns. */
    private final Map<String, Instant> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST;
        }
    };

    private final Share share = new Share();
    private boolean failing;

    /**
     * @param server what is polled; empty for a folder
     * @param room for a folder's files; empty for a server
     * @param way to lanes
     */
    public PollTrouble(
            String intake,
            Clock clock,
            RejectedRoom rejected,
            Optional<PolledServer> server,
            Optional<FolderRoom> room,
            GivingWay way) {
        this.way = way;
        this.rejected = rejected;
        this.room = room;
        this.intake = intake;
        this.clock = clock;
        this.server = server;
    }

    /** Whether it could not be polled the last time. */
    public synchronized boolean standing() {
        return !told.isEmpty();
    }

    /** A folder that cannot be looked into, or that holds too much for it, is not polled, nor is what only brings more to refuse. */
    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        if (!way.mayPoll()) {
            return false;
        }
        beginPoll();
        Optional<String> lack = rejected.lacks().or(() -> lacks(endpoint));
        lack.ifPresent(why -> handleException(why, null));
        return lack.isEmpty();
    }

    private Optional<String> lacks(Endpoint endpoint) {
        return endpoint instanceof FileEndpoint folder
                ? lacks(folder.getFile().toPath()).map(why -> why + folder(endpoint))
                : Optional.empty();
    }

    private static String folder(Endpoint endpoint) {
        return endpoint instanceof FileEndpoint folder ? ": " + folder.getFile().getPath() : "";
    }

    private Optional<String> lacks(Path folder) {
        return FolderAccess.lacks(folder)
                .or(() -> share.lacks(folder))
                .or(() -> room.flatMap(files -> files.lacks(folder)));
    }

    private synchronized void beginPoll() {
        failing = false;
        room.ifPresent(FolderRoom::begin);
        server.map(PolledServer::taken).ifPresent(TakenFiles::looking);
    }

    /** The listing came; a file may have failed since. */
    @Override
    public synchronized void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        way.polled(polledMessages);
        server.map(PolledServer::taken).ifPresent(TakenFiles::looked);
        room.flatMap(FolderRoom::crowded).ifPresent(why -> handleException(why + folder(endpoint), null));
        if (!failing && !told.isEmpty()) {
            told.clear();
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
    public synchronized void handleException(
            @Nullable String message, @Nullable Exchange exchange, @Nullable Throwable cause) {
        if (exchange != null && server.isPresent() && isAboutFile(server.get(), exchange, cause)) {
            return;
        }
        failing = true;
        tell(cause == null ? String.valueOf(message) : sentence(cause));
    }

    private static boolean isAboutFile(PolledServer server, Exchange exchange, @Nullable Throwable cause) {
        GenericFile<?> file = exchange.getProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, GenericFile.class);
        if (cause instanceof FileRefused why) {
            server.unread(file, why);
        } else if (cause instanceof FileWithheld why) {
            server.half(file, why.lack(), false);
        } else {
            return false;
        }
        return true;
    }

    private void tell(String words) {
        Instant now = clock.instant();
        String what = NUMBERS.matcher(words).replaceAll("#");
        Instant before = told.get(what);
        if (before == null || !before.plus(TOLD_AGAIN).isAfter(now)) {
            told.put(what, now);
            LOG.warn("intake {} cannot be polled, and is tried again at each poll: {}", intake, words);
        }
    }

    /** What the server answered, and what lay under it. */
    private static String sentence(Throwable cause) {
        if (cause instanceof ServerTrouble) {
            return words(cause);
        }
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
