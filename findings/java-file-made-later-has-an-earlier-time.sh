#!/usr/bin/env bash
# A program notes the time, makes a file (or somebody else does), and asks whether the file is newer than that note: what has come since I looked
# last, is this lock older than my start, was that written after the request. File system and program are on one machine, with one clock.
#
# One would guess: the file's time is the note's or later.
# Seen: nearly always it is earlier, by up to some milliseconds. Instant.now() asks the clock; Linux gives a file the time of its last tick (one to ten
# milliseconds apart, as the kernel was made). So a file that came just after the note looks older than it and is passed over; where both are
# rounded to seconds it happens once in some hundred times. Who compares the two must leave room for a tick, or compare file with file.
# Versions: OpenJDK 17.0.15, Linux 6.18, ext4 and tmpfs. Date: 2026-11-30.
# Needs a JDK. Ends with 0 while this is so.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > Finding.java <<'JAVA'
import java.nio.file.*;
import java.time.Duration;
import java.time.Instant;

public class Finding {
    public static void main(String[] args) throws Exception {
        int earlier = 0;
        Duration most = Duration.ZERO;
        for (int file = 0; file < 500; file++) {
            Instant note = Instant.now();
            Instant time = Files.getLastModifiedTime(Files.writeString(Path.of("scan" + file), "scan")).toInstant();
            if (time.isBefore(note)) {
                earlier++;
                Duration by = Duration.between(time, note);
                most = by.compareTo(most) > 0 ? by : most;
            }
        }
        System.out.printf("of 500 files made after a note of the time %d have an earlier one, by %d us at most%n", earlier, most.toNanos() / 1_000);
        boolean same = earlier > 50 && most.toMillis() < 1_000;
        System.out.println(same ? "as seen: what is made later is older" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
java -version 2>&1 | head -1
java -XX:TieredStopAtLevel=1 Finding.java
