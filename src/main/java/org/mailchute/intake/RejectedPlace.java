package org.mailchute.intake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.stream.Collectors;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;
import org.mailchute.spool.QueueId;

/** Where an intake's refused input rests, each with a reason file beside it. */
public final class RejectedPlace {
    private static final int MOST_OF_A_NAME = 100;
    private static final String REASON = ".reason.txt";
    /** File systems allow 255 octets; reason and queue id need some. */
    private static final int LONGEST_NAME = 255 - REASON.length() - 21;

    private final Path folder;
    private final String reasonEnding;
    private final boolean bad;

    public RejectedPlace(Path folder) {
        this(folder, REASON, false);
    }

    private RejectedPlace(Path folder, String reasonEnding, boolean bad) {
        this.folder = folder;
        this.reasonEnding = reasonEnding;
        this.bad = bad;
    }

    /** As Exchange has it: what was {@code NAME.eml} stays in its own folder as {@code NAME.bad}, with {@code NAME.bad.txt}. */
    public static RejectedPlace beside(Path folder) {
        return new RejectedPlace(folder, ".txt", true);
    }

    /**
     * Moves the input there and writes {@code NAME.reason.txt} (or what {@link #beside} says). Nothing there is ever overwritten; a link is moved as a link
     * and never opened.
     *
     * @return where it is now
     */
    public synchronized Path reject(Claimed claimed, Refused why, Instant now) throws IOException {
        Files.createDirectories(folder);
        String wanted = bad ? claimed.name().replaceFirst("(\\.[^.]*)?$", ".bad") : claimed.name();
        String name = ownName(harmless(wanted), claimed.queueId());
        Path reason = folder.resolve(name + reasonEnding);
        Path place = folder.resolve(name);
        try {
            write(reason, text(claimed, why, now));
            moveAll(claimed, place);
        } catch (IOException e) {
            Files.deleteIfExists(reason); // else every attempt on a full disk would leave one
            throw e;
        }
        return place;
    }

    private static void write(Path reason, String text) throws IOException {
        try (FileChannel file = FileChannel.open(reason, StandardOpenOption.WRITE)) {
            ByteBuffer rest = StandardCharsets.UTF_8.encode(text);
            while (rest.hasRemaining()) {
                file.write(rest);
            }
            file.force(true);
        }
    }

    private void moveAll(Claimed claimed, Path place) throws IOException {
        for (Companion companion : claimed.companions()) {
            if (Files.exists(companion.file(), LinkOption.NOFOLLOW_LINKS)) {
                move(companion.file(), freePlace(harmless(companion.name()), claimed.queueId(), place));
            }
        }
        move(claimed.file(), place); // last: a crash before leaves a claim, which is taken up again
    }

    private static String text(Claimed claimed, Refused why, Instant now) {
        String with = claimed.companions().stream()
                .map(companion -> "with     " + Shown.line(companion.name()) + System.lineSeparator())
                .collect(Collectors.joining());
        return "file     %s%n%swhy      %s%nremedy   %s%ntime     %s%nqueue id %s%n"
                .formatted(Shown.line(claimed.name()), with, why.reason(), why.remedy(), now, claimed.queueId());
    }

    /** Its own name; else, marked with the queue id, and a number should even that be there. */
    private Path freePlace(String wanted, QueueId id, Path taken) {
        Path place = folder.resolve(wanted);
        for (int number = 0; place.equals(taken) || Files.exists(place, LinkOption.NOFOLLOW_LINKS); number++) {
            place = folder.resolve(marked(wanted, number == 0 ? id.value() : id.value() + "-" + number));
        }
        return place;
    }

    /**
     * A name that is free here, by creating the reason file: whoever creates it owns the name beside it. After so many of
     * one name the queue id makes it unique: requests are all called the same, and searching must not take ever longer.
     */
    private String ownName(String wanted, QueueId id) throws IOException {
        for (int number = 0; number < MOST_OF_A_NAME; number++) {
            String name = number == 0 ? wanted : marked(wanted, Integer.toString(number));
            if (!Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS) && created(name)) {
                return name;
            }
        }
        String name = marked(wanted, id.value());
        Files.writeString(folder.resolve(name + reasonEnding), "");
        return name;
    }

    private boolean created(String name) throws IOException {
        try {
            Files.createFile(folder.resolve(name + reasonEnding));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** {@code scan.pdf} becomes {@code scan-1.pdf}, which still opens. */
    private static String marked(String name, String mark) {
        int dot = name.lastIndexOf('.');
        int end = dot > 0 ? dot : name.length();
        return name.substring(0, end) + "-" + mark + name.substring(end);
    }

    /** Names come from file names or are ours; still, no name leaves the folder or is too long for a mark and ending. */
    private static String harmless(String name) {
        return PlaceName.of(name, LONGEST_NAME);
    }

    private static void move(Path from, Path to) throws IOException {
        if (Files.isSymbolicLink(from)) {
            Files.createSymbolicLink(to, Files.readSymbolicLink(from));
            Files.delete(from);
        } else {
            Files.move(from, to);
        }
    }
}
