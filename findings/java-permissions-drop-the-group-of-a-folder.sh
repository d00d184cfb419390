#!/usr/bin/env bash
# A shared folder hands its group on to what is put into it (chmod g+s, mode 2770), so that a scanner's user and a gateway's user read each other's
# files. A program gives it a permission more: it reads the permissions, adds one, and sets them, as Files has methods for.
#
# One would guess: what is read and set again stays as it was, and g+w is added, as chmod g+w does, which leaves g+s alone on a folder.
# Seen: the set that Java gives has nine bits, and setting it sets all twelve: g+s is gone, and with it the sticky bit, though nothing but what had
# been read was set. Files that come later have their maker's own group. So it is with a folder just made in such a one, which had inherited g+s.
# Files.setAttribute(folder, "unix:mode", …) keeps them.
# Version: OpenJDK 17.0.15 on Linux. Date: 2026-11-30.
# Needs a JDK. Ends with 0 while this is so.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > Finding.java <<'JAVA'
import java.nio.file.*;
import java.nio.file.attribute.*;
import java.util.*;

public class Finding {
    static String mode(Path folder) throws Exception {
        return Integer.toOctalString((int) Files.getAttribute(folder, "unix:mode") & 07777);
    }

    static Path shared(String name) throws Exception {
        Path folder = Files.createDirectory(Path.of(name));
        Files.setAttribute(folder, "unix:mode", 03750);
        return folder;
    }

    static void grant(Path folder) throws Exception {
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
        permissions.add(PosixFilePermission.GROUP_WRITE);
        Files.setPosixFilePermissions(folder, permissions);
    }

    static boolean same = true;

    static void expect(String what, Path folder, String expected) throws Exception {
        System.out.printf("%-68s %s%n", what, mode(folder));
        same &= mode(folder).equals(expected);
    }

    public static void main(String[] args) throws Exception {
        Path one = shared("one");
        expect("a shared folder", one, "3750");
        new ProcessBuilder("chmod", "g+w", "one").start().waitFor();
        expect("after chmod g+w", one, "3770");

        Path two = shared("two");
        grant(two);
        expect("another, after its permissions and GROUP_WRITE were set", two, "770");

        Path three = shared("three");
        Files.setPosixFilePermissions(three, Files.getPosixFilePermissions(three));
        expect("another, after what was read was set", three, "750");

        Path within = Files.createDirectory(shared("four").resolve("within"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        expect("a folder made in another", within, "2750");
        grant(within);
        expect("the same, after its permissions and GROUP_WRITE were set", within, "770");

        Path five = shared("five");
        Files.setAttribute(five, "unix:mode", (int) Files.getAttribute(five, "unix:mode") | 020);
        expect("another, after setAttribute unix:mode", five, "3770");
        System.out.println(same ? "as seen: nine bits are set as twelve" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
java -version 2>&1 | head -1
(umask 022; java -XX:TieredStopAtLevel=1 Finding.java)
