package org.mailchute.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells each event once, though the broker gives those again whose batch was not committed. A file notes which one is being
 * told and which ones were since the last commit; it survives kill -9. Only the one that was just being told then is told again,
 * as a possible repeat. For one thread.
 */
public final class ToldOnce implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ToldOnce.class);
    private static final String TELLING = "telling ";
    private static final String TOLD = "told ";

    private final Path path;
    private final FileChannel file;
    private final MailLog log;
    private final List<Consumer<DeliveryEvent>> listeners;
    private final Set<String> begun = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private boolean faultTold;

    private ToldOnce(Path path, MailLog log, List<Consumer<DeliveryEvent>> listeners) throws IOException {
        this.path = path;
        this.file = FileChannel.open(path, CREATE, WRITE);
        this.log = log;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Reads what was told and not committed.
     *
     * @param path made where it is not there, in a folder that is
     * @param listeners told of every event after the mail log
     */
    public static ToldOnce open(Path path, MailLog log, List<Consumer<DeliveryEvent>> listeners) throws IOException {
        ToldOnce once = new ToldOnce(path, log, listeners);
        new String(Files.readAllBytes(path), UTF_8).lines().forEach(once::replay);
        once.file.position(once.file.size());
        return once;
    }

    /** What is no such line, or half of one, at the worst lets an event be told again. */
    private void replay(String line) {
        if (line.startsWith(TELLING)) {
            begun.add(line.substring(TELLING.length()));
        } else if (line.startsWith(TOLD)) {
            told.add(line.substring(TOLD.length()));
        }
    }

    /** @param id the same whenever the broker gives this event again */
    public void tell(String id, DeliveryEvent event) {
        if (told.contains(id)) {
            return;
        }
        boolean perhaps = !begun.add(id);
        note(TELLING + id);
        log.write(event, perhaps);
        listeners.forEach(listener -> listener.accept(event));
        told.add(id);
        note(TOLD + id);
    }

    /** None of those told so far comes again. */
    public void committed() {
        if (begun.isEmpty()) {
            return;
        }
        begun.clear();
        told.clear();
        tryTo(() -> file.truncate(0));
    }

    private void note(String line) {
        tryTo(() -> Channels.newOutputStream(file).write((line + "\n").getBytes(UTF_8)));
    }

    private interface Write {
        void write() throws IOException;
    }

    private void tryTo(Write write) {
        try {
            write.write();
            faultTold = false;
        } catch (IOException e) {
            if (!faultTold) {
                LOG.warn("{} cannot be written, a crash now may repeat lines of the mail log: {}", path, e.toString());
            }
            faultTold = true;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
