#!/usr/bin/env bash
# A program knows a file by its size and its time of last change, to the last digit, and finds it again after Files.move, or beside it a copy made by
# Files.copy with COPY_ATTRIBUTES.
#
# One would guess: both have the time of the original, as Files.move and COPY_ATTRIBUTES are documented, and as cp -p and mv have it.
# Seen: after a move within a file system, which is a rename, it has. After a move to another one, which is a copy, and after Files.copy, the time is
# cut to microseconds, so that it is not equal and a little before the original's, though Files.setLastModifiedTime sets nanoseconds
# in the same Java. Whether a moved file is still known so depends on what is mounted where.
# Versions: OpenJDK 17.0.15, Linux (ext4 to tmpfs). Date: 2026-11-30.
# Needs a JDK and a second file system, /dev/shm. Ends with 0 while this is so.
set -euo pipefail

work=$(mktemp -d)
other=$(mktemp -d -p /dev/shm)
trap 'rm -rf "$work" "$other"' EXIT
cd "$work"

cat > Finding.java <<'JAVA'
import java.nio.file.*;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

public class Finding {
    static final FileTime WHOLE = FileTime.from(Instant.parse("2026-11-30T10:00:00.123456789Z"));
    static final FileTime CUT = FileTime.from(Instant.parse("2026-11-30T10:00:00.123456Z"));

    static boolean same = true;

    static Path fresh(String name) throws Exception {
        Path file = Files.writeString(Path.of(name), "scan");
        Files.setLastModifiedTime(file, WHOLE);
        return file;
    }

    static void expect(String what, Path file, FileTime expected) throws Exception {
        FileTime time = Files.getLastModifiedTime(file);
        System.out.printf("%-44s %s%n", what, time);
        same &= time.equals(expected);
    }

    public static void main(String[] args) throws Exception {
        Path other = Path.of(args[0]);
        expect("set by Files.setLastModifiedTime", fresh("set"), WHOLE);
        expect("moved within the file system", Files.move(fresh("one"), Path.of("moved")), WHOLE);
        expect("moved to another", Files.move(fresh("two"), other.resolve("two")), CUT);
        expect("copied with COPY_ATTRIBUTES", Files.copy(fresh("three"), Path.of("copy"), StandardCopyOption.COPY_ATTRIBUTES), CUT);
        fresh("four");
        new ProcessBuilder("cp", "-p", "four", "four-copy").start().waitFor();
        expect("copied by cp -p", Path.of("four-copy"), WHOLE);
        new ProcessBuilder("mv", "four", other + "/four").start().waitFor();
        expect("moved to another by mv", other.resolve("four"), WHOLE);
        System.out.println(same ? "as seen: a copy's time is cut" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
java -version 2>&1 | head -1
java -XX:TieredStopAtLevel=1 Finding.java "$other"
