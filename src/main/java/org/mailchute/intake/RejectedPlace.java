package org.mailchute.intake;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.stream.Collectors;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;
import org.mailchute.spool.FolderHandle;
import org.mailchute.spool.QueueId;

/**
 * Where an intake's refused input rests, each with a reason file beside it. It may lie below the watched folder, where others can
 * put links; so it is reached by {@link FolderHandle}.
 */
public final class RejectedPlace {
    private static final int MOST_OF_A_NAME = 100;
    private static final String REASON = ".reason.txt";
    /** File systems allow 255 octets; reason and queue id need some. */
    private static final int LONGEST_NAME = 255 - REASON.length() - 21;

    private final Path trusted;
    private final Path folder;
    private final String reasonEnding;
    private final boolean bad;

    public RejectedPlace(Path folder) {
        this(folder, folder, REASON, false);
    }

    private RejectedPlace(Path trusted, Path folder, String reasonEnding, boolean bad) {
        this.trusted = trusted;
        this.folder = folder;
        this.reasonEnding = reasonEnding;
        this.bad = bad;
    }

    /** One that may lie below a folder that others write to; no link from that on is followed. */
    public static RejectedPlace of(Path watched, Path folder) {
        return new RejectedPlace(FolderHandle.trusted(watched, folder), folder, REASON, false);
    }

    /** As Exchange has it: what was {@code NAME.eml} stays in its own folder as {@code NAME.bad}, with {@code NAME.bad.txt}. */
    public static RejectedPlace beside(Path folder) {
        return new RejectedPlace(folder, folder, ".txt", true);
    }

    /**
     * Moves the input there and writes {@code NAME.reason.txt} (or what {@link #beside} says). Nothing there is ever overwritten; a link is moved as a link
     * and never opened.
     *
     * @return where it is now
     */
    public synchronized Path reject(Claimed claimed, Refused why, Instant now) throws IOException {
        try (FolderHandle here = FolderHandle.make(trusted, folder)) {
            String wanted = bad ? claimed.name().replaceFirst("(\\.[^.]*)?$", ".bad") : claimed.name();
            String name = ownName(here, harmless(wanted), claimed.queueId());
            try {
                write(here, name + reasonEnding, text(claimed, why, now), StandardOpenOption.WRITE);
                here.share(name + reasonEnding, here);
                moveAll(claimed, here, name);
            } catch (IOException e) {
                here.delete(name + reasonEnding); // else every attempt on a full disk would leave one
                throw e;
            }
            return folder.resolve(name);
        }
    }

    private static void write(FolderHandle here, String name, String text, OpenOption... options) throws IOException {
        try (FileChannel file = here.open(name, options)) {
            Channels.newOutputStream(file).write(text.getBytes(StandardCharsets.UTF_8));
            file.force(true);
        }
    }

    private static void moveAll(Claimed claimed, FolderHandle here, String name) throws IOException {
        for (Companion companion : claimed.companions()) {
            if (Files.exists(companion.file(), LinkOption.NOFOLLOW_LINKS)) {
                move(companion.file(), here, freeName(here, harmless(companion.name()), claimed.queueId(), name));
            }
        }
        move(claimed.file(), here, name); // last: a crash before leaves a claim, which is taken up again
    }

    private static String text(Claimed claimed, Refused why, Instant now) {
        String with = claimed.companions().stream()
                .map(companion -> "with     " + Shown.line(companion.name()) + System.lineSeparator())
                .collect(Collectors.joining());
        return "file     %s%n%swhy      %s%nremedy   %s%ntime     %s%nqueue id %s%n"
                .formatted(Shown.line(claimed.name()), with, why.reason(), why.remedy(), now, claimed.queueId());
    }

    /** Its own name; else, marked with the queue id, and a number should even that be there. */
    private static String freeName(FolderHandle here, String wanted, QueueId id, String taken) throws IOException {
        String name = wanted;
        for (int number = 0; name.equals(taken) || here.has(name); number++) {
            name = marked(wanted, number == 0 ? id.value() : id.value() + "-" + number);
        }
        return name;
    }

    /**
     * A name that is free here, by creating the reason file: whoever creates it owns the name beside it. After so many of
     * one name the queue id makes it unique: requests are all called the same, and searching must not take ever longer.
     */
    private String ownName(FolderHandle here, String wanted, QueueId id) throws IOException {
        for (int number = 0; number < MOST_OF_A_NAME; number++) {
            String name = number == 0 ? wanted : marked(wanted, Integer.toString(number));
            if (!here.has(name) && created(here, name + reasonEnding)) {
                return name;
            }
        }
        String name = marked(wanted, id.value());
        write(here, name + reasonEnding, "", StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        return name;
    }

    private static boolean created(FolderHandle here, String name) throws IOException {
        try {
            write(here, name, "", StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
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

    private static void move(Path from, FolderHandle here, String name) throws IOException {
        String own = from.getFileName().toString();
        try (FolderHandle source = FolderHandle.around(from)) {
            source.share(own, here);
            try {
                source.move(own, here, name);
            } catch (AtomicMoveNotSupportedException e) {
                copy(from, source, here, name);
                here.force(name);
                here.share(name, here);
                source.delete(own);
            }
        }
    }

    /** To another file system no link is made, only said which it was: no link of a stranger's choice comes to be there. */
    private static void copy(Path from, FolderHandle source, FolderHandle here, String name) throws IOException {
        if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
            source.copy(from.getFileName().toString(), here, name);
        } else {
            String was = Files.isSymbolicLink(from) ? "a link to " + Files.readSymbolicLink(from) : "no plain file";
            write(here, name, was + System.lineSeparator(), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        }
    }
}
