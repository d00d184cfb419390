package org.mailchute.polled;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** One file goes on beyond what its server listed, or for longer than any line takes. Others are not concerned. */
public final class FileWithoutEnd extends IOException {
    private static final long serialVersionUID = 1;
    /** Octets a second; a modem of 1995 has four times as many. */
    private static final long SLOWEST = 1 << 10;

    private static final Duration AT_LEAST = Duration.ofMinutes(10);

    private FileWithoutEnd(String lack) {
        super(lack);
    }

    /** @param most octets that were listed, or may come */
    public static FileWithoutEnd longer(long most) {
        return new FileWithoutEnd("it goes on after the " + most + " octets that its server lists, or that are allowed,"
                + " and is left there");
    }

    /** @param most octets */
    public static FileWithoutEnd slower(long most) {
        return new FileWithoutEnd(
                "it did not come to an end in " + longest(most).toMinutes() + " minutes");
    }

    /** For how long it may come. */
    public static Duration longest(long most) {
        return AT_LEAST.plusSeconds(most / SLOWEST);
    }

    /** What lay under a failure, at any depth: commons-net and Camel both put their own on it. */
    public static Optional<FileWithoutEnd> under(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(FileWithoutEnd.class::isInstance)
                .map(FileWithoutEnd.class::cast)
                .findFirst();
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
