#!/usr/bin/env bash
# Two folders lie on one disk, and one of them is mounted once more where it is: a volume of a container, a subPath of Kubernetes, a ReadWritePaths of
# systemd. A program wants to know whether it can rename or link a file from one to the other, or must copy it.
#
# One would guess: it can where Files.getFileStore says the same for both, or where their device is one (unix:dev, stat).
# Seen: both say the same, and rename and hard link fail all the same ("Invalid cross-device link", which Java tells of as
# AtomicMoveNotSupportedException): Linux compares mounts, Java looks for the mount by its device and finds the one around both. Only the trial tells.
# Versions: OpenJDK 17.0.15, Linux 6.18. Date: 2026-11-30.
# Needs a JDK and unshare (util-linux), and root or user namespaces: it mounts in a name space of its own. Ends with 0 while this is so.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > Finding.java <<'JAVA'
import java.io.IOException;
import java.nio.file.*;

public class Finding {
    static boolean same = true;

    static void expect(String what, Object said, Object expected) {
        System.out.printf("  %-46s %s%n", what, said);
        same &= said.equals(expected);
    }

    interface Trial {
        void run() throws IOException;
    }

    static String outcome(Trial trial) {
        try {
            trial.run();
            return "done";
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }

    public static void main(String[] args) throws IOException {
        boolean mounted = args[0].equals("mounted");
        Path scans = Path.of("scans");
        Path home = Path.of("home");
        Path scan = Files.writeString(scans.resolve("scan.pdf"), "%PDF");
        System.out.println(mounted ? "one of the two folders is mounted where it is:" : "two folders of one disk:");
        expect("file stores are equal", Files.getFileStore(scans).equals(Files.getFileStore(home)), true);
        expect("devices are equal", Files.getAttribute(scans, "unix:dev").equals(Files.getAttribute(home, "unix:dev")), true);
        expect("hard link", outcome(() -> Files.createLink(home.resolve("link.pdf"), scan)), mounted ? "FileSystemException" : "done");
        expect("rename", outcome(() -> Files.move(scan, home.resolve("scan.pdf"), StandardCopyOption.ATOMIC_MOVE)),
                mounted ? "AtomicMoveNotSupportedException" : "done");
        System.exit(same ? 0 : 1);
    }
}
JAVA
javac Finding.java
java -version 2>&1 | head -1
mkdir scans home
same=0
java -XX:TieredStopAtLevel=1 Finding plain || same=1
rm -f scans/* home/*
own=(unshare --mount)
[ "$(id -u)" -eq 0 ] || own=(unshare --user --map-root-user --mount)
# the mount is gone with the name space
"${own[@]}" sh -c 'mount --bind scans scans && exec java -XX:TieredStopAtLevel=1 Finding mounted' || same=1
[ $same = 0 ] && echo "as seen: equal, and no rename" || echo "the behaviour has CHANGED"
exit $same
