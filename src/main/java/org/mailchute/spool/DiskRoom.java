package org.mailchute.spool;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether home can take down what becomes of a message, and give what it holds. The embedded broker takes nothing from 95 % of its
 * disk on, not even an outcome; a message that was sent by then would be sent again. So nothing is begun shortly before, on
 * whichever of its disks, nor while the spool cannot be read and written. Safe between threads.
 */
public final class DiskRoom {
    private static final Logger LOG = LoggerFactory.getLogger(DiskRoom.class);
    private static final long LOOK_AGAIN_MILLIS = 1_000;

    private final Collection<FullDisk> disks;
    private final List<DiskTrouble> troubles;
    private final List<SpoolTrouble> spool;
    private final Set<DiskTrouble> told = new HashSet<>();
    private boolean over;

    private DiskRoom(Collection<FullDisk> disks, List<SpoolTrouble> spool) {
        this.disks = disks;
        this.troubles =
                Stream.<DiskTrouble>concat(disks.stream(), spool.stream()).toList();
        this.spool = spool;
    }

    /** @param used of the disk, 0 to 1 */
    DiskRoom(Path home, DoubleSupplier used) {
        this(List.of(new FullDisk(home, used)), List.of());
    }

    /**
     * Of home's disk, and of those that are mounted for one of its rooms: the journal or the messages above all.
     *
     * @param home has its folder of messages
     * @throws IOException when one cannot be asked for its disk
     */
    public static DiskRoom of(Path home) throws IOException {
        Map<String, FullDisk> disks = new TreeMap<>();
        Path messages = home.resolve("messages");
        List<SpoolTrouble> written = new ArrayList<>(List.of(new SpoolTrouble(messages)));
        FileStore ofMessages = Files.getFileStore(messages);
        Set<FileStore> known = new HashSet<>();
        for (Path room : rooms(home)) {
            FileStore disk = Files.getFileStore(room);
            if (known.add(disk)) {
                disks.put(room.toString(), new FullDisk(room, () -> used(disk)));
                if (!disk.equals(ofMessages)) {
                    written.add(new SpoolTrouble(room));
                }
            }
        }
        return new DiskRoom(disks.values(), written);
    }

    /** Home first: a room of the same disk is not named. */
    private static List<Path> rooms(Path home) throws IOException {
        List<Path> rooms = new ArrayList<>(List.of(home));
        for (Path room : foldersIn(home)) {
            rooms.add(room);
            rooms.addAll(foldersIn(room));
        }
        return rooms;
    }

    private static List<Path> foldersIn(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    /** What cannot be asked, cannot be written to either. */
    private static double used(FileStore disk) {
        try {
            return 1 - (double) disk.getUsableSpace() / disk.getTotalSpace();
        } catch (IOException e) {
            return 1;
        }
    }

    /** Whether nothing more may be begun. */
    public boolean isClosed() {
        return fault().isPresent();
    }

    /** Why nothing may be begun, for people; empty when all is well. */
    public Optional<String> fault() {
        spool.forEach(SpoolTrouble::glance);
        return known();
    }

    /** Whether what is in home could be read and written at the last {@link #look}, full or not. */
    public synchronized boolean answers() {
        return spool.stream().noneMatch(told::contains);
    }

    /** Of the fullest of its disks, 0 to 1. */
    public double used() {
        return disks.stream()
                .mapToDouble(disk -> disk.used().getAsDouble())
                .max()
                .orElse(0);
    }

    /** Without a glance at any folder: each delivery asks, and is told by its own files what the last glance did not see. */
    private Optional<String> known() {
        return troubles.stream().flatMap(trouble -> trouble.fault().stream()).findFirst();
    }

    /**
     * Something in home could not be read or written.
     *
     * @return whether that is so of all on one of its disks: nothing is begun until it is over
     */
    public boolean spoolFails() {
        boolean fails = spool.stream().filter(SpoolTrouble::suspect).count() > 0; // each is asked
        if (fails) {
            look();
        }
        return fails;
    }

    /**
     * Waits until there is room.
     *
     * @throws IllegalStateException when the gateway ends before; nothing was begun
     */
    public synchronized void await() throws InterruptedException {
        while (known().isPresent()) {
            if (over) {
                throw new IllegalStateException("the gateway ends, and " + known().orElse("its disk was full"));
            }
            look();
            wait(LOOK_AGAIN_MILLIS);
        }
    }

    /** Tells of each trouble when it begins and when it is over, once each. Call every second or so. */
    public synchronized void look() {
        spool.forEach(SpoolTrouble::glance);
        troubles.forEach(this::look);
    }

    private void look(DiskTrouble trouble) {
        Optional<String> fault = trouble.fault();
        if (fault.isPresent() && told.add(trouble)) {
            LOG.error("{}", fault.get());
        } else if (fault.isEmpty() && told.remove(trouble)) {
            LOG.info("{}: mail goes on", trouble.over());
            notifyAll();
        }
    }

    /** Nobody waits any more: who does is told so at once. */
    public synchronized void end() {
        over = true;
        notifyAll();
    }
}
