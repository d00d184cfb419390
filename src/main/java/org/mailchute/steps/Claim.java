package org.mailchute.steps;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.support.SynchronizationAdapter;
import org.mailchute.intake.Shown;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Gathered;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;
import org.mailchute.watch.Archive;
import org.mailchute.watch.FolderWatch;
import org.mailchute.watch.WaitingFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code claim}: takes a file away from its source into the spool. The claim is released when the exchange ended well; else
 * it stays and {@link Recovery} takes it up again under the same queue id.
 */
public final class Claim {
    private static final Logger LOG = LoggerFactory.getLogger(Claim.class);
    private static final String CLAIMED = "claimed";

    private final Map<String, Intake> intakes;
    private final Clock clock;

    public Claim(Map<String, Intake> intakes, Clock clock) {
        this.intakes = intakes;
        this.clock = clock;
    }

    /** Body: the file; afterwards its {@link Claimed}. */
    @Handler
    public void claim(Exchange exchange) throws IOException {
        Intake intake = intake(exchange);
        GenericFile<?> file = exchange.getMessage().getBody(GenericFile.class);
        // of a listed file, itself: Camel's conversion makes a slash of a backslash in its name
        File local = file.getFile() instanceof File listed
                ? listed
                : exchange.getMessage().getBody(File.class);
        if (intake.server().isPresent() && !Fetched.isNew(exchange, intake, file, local.toPath())) {
            exchange.setRouteStop(true);
            return;
        }
        if (intake.waiting().isPresent() && intake.room().lacks().isPresent()) { // told when it is polled
            exchange.setRouteStop(true);
            return;
        }
        Claimed claimed;
        try {
            Optional<Claimed> taken = take(intake, local.toPath(), subfolder(intake, file));
            if (taken.isEmpty()) {
                exchange.setRouteStop(true);
                return;
            }
            claimed = taken.get();
        } catch (IOException e) {
            if (intake.waiting().isEmpty()) {
                throw e;
            }
            left(intake.waiting().get(), local, e);
            exchange.setRouteStop(true);
            return;
        }
        intake.waiting().ifPresent(waiting -> waiting.forget(local.getPath()));
        if (intake.server().isPresent()) {
            SourceIdentity.of(file).attachTo(exchange);
        }
        takeUp(exchange, intake, claimed);
    }

    /** Empty when it is not to be taken now: it was before and stayed in its folder, or it is not ready any more. */
    private Optional<Claimed> take(Intake intake, Path file, String subfolder) throws IOException {
        QueueId id = QueueId.next(clock);
        if (intake.watch().isEmpty()) {
            return Optional.of(intake.incoming().claim(file, id));
        }
        FolderWatch watch = intake.watch().get();
        Optional<Gathered> gathered = watch.gathering().with(file, subfolder);
        if (gathered.isEmpty()) {
            return Optional.empty();
        }
        Optional<Claimed> claimed = watch.kept().isPresent()
                ? watch.kept().get().claim(gathered.get(), id)
                : Optional.of(intake.incoming().claim(gathered.get(), id));
        watch.gathering().claimed(gathered.get());
        return claimed;
    }

    /** A server's folders are not looked into. */
    private static String subfolder(Intake intake, GenericFile<?> file) {
        Path parent = Path.of(file.getRelativeFilePath()).getParent();
        return parent == null || !intake.kind().equals("folder") ? "" : parent.toString();
    }

    /** It is still at its source, or somebody else took it away first. */
    private static void left(WaitingFiles waiting, File file, IOException why) {
        if (Files.exists(file.toPath(), LinkOption.NOFOLLOW_LINKS)) {
            waiting.failed(file.getPath(), why.getClass().getSimpleName() + ": " + why.getMessage());
        }
    }

    /** Makes the exchange carry this claim, all files of it. */
    static void takeUp(Exchange exchange, Intake intake, Claimed claimed) throws IOException {
        attach(exchange, intake, claimed);
        intake.incoming().gather(claimed);
    }

    /** Makes the exchange carry this claim. */
    static void attach(Exchange exchange, Intake intake, Claimed claimed) {
        exchange.setProperty("intake", intake.name());
        exchange.setProperty(CLAIMED, claimed);
        exchange.getMessage().setBody(claimed);
        exchange.getMessage().removeHeaders("*");
        exchange.getExchangeExtension().addOnCompletion(new Release(intake, claimed));
    }

    static Claimed of(Exchange exchange) {
        return exchange.getProperty(CLAIMED, Claimed.class);
    }

    private Intake intake(Exchange exchange) {
        return Intake.of(exchange, intakes);
    }

    private static final class Release extends SynchronizationAdapter {
        private final Intake intake;
        private final Claimed claimed;

        Release(Intake intake, Claimed claimed) {
            this.intake = intake;
            this.claimed = claimed;
        }

        @Override
        public void onComplete(Exchange exchange) {
            try {
                ended(exchange);
                intake.incoming().release(claimed);
            } catch (IOException e) {
                LOG.warn("id={} is enqueued, but its claim {} cannot be deleted", claimed.queueId(), claimed.file(), e);
            }
        }

        private void ended(Exchange exchange) throws IOException {
            if (intake.watch().isEmpty()) {
                return;
            }
            Ticket ticket = exchange.getProperty(MakeTicket.TICKET, Ticket.class);
            boolean refused = exchange.getProperty(Refuse.REFUSED, false, Boolean.class);
            if (refused || ticket == null) {
                intake.watch().get().ended(claimed);
            } else {
                intake.watch().get().enqueued(claimed, ticket);
                intake.watch().get().archive().ifPresent(this::archive);
            }
        }

        /** It is sent whatever becomes of the archive; the file is not thrown away, though. */
        private void archive(Archive archive) {
            try {
                archive.add(claimed);
            } catch (IOException e) {
                LOG.error(
                        "id={} is enqueued, but its file cannot be archived and rests at {}: {}",
                        claimed.queueId(),
                        intake.incoming().putAside(claimed),
                        e.toString());
            }
        }

        @Override
        public void onFailure(Exchange exchange) {
            Exception cause = exchange.getException();
            if (!intake.incoming().leave(claimed, String.valueOf(cause))) {
                return; // said before
            }
            boolean plain = cause instanceof FileSystemException;
            LOG.warn(
                    "id={} source={} file=\"{}\" could not be enqueued, rests at {} and is tried again every half minute{}",
                    claimed.queueId(),
                    intake.label(),
                    Shown.line(claimed.name()),
                    claimed.file(),
                    plain ? ": " + cause : "",
                    plain ? null : cause);
        }
    }
}
