#!/usr/bin/env bash
# A service is started with -XX:+ExitOnOutOfMemoryError, so that it ends and is started again rather than going on with a part of it dead; and with
# -XX:+HeapDumpOnOutOfMemoryError, to see why.
#
# One would guess, as Java's manual says: it exits at the first OutOfMemoryError, and there is a dump.
# Seen: it does where the heap is used up, or an array is larger than any may be. Where the memory beside the heap is (direct buffers, of which each
# connection and each large file read by a channel wants some), or where the system gives no thread more (TasksMax of systemd, pids of a container),
# an OutOfMemoryError is thrown as well, which kills the thread that it comes to or is caught there. Java goes on, and there is no dump.
# Such a process is not ended by anybody; what watches it must ask it something.
# Version: OpenJDK 17.0.15. Date: 2026-11-30.
# Needs a JDK. Ends with 0 while this is so.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > Finding.java <<'JAVA'
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

public class Finding {
    static void use(String what) {
        List<Object> held = new ArrayList<>();
        switch (what) {
            case "heap" -> {
                while (true) {
                    held.add(new byte[1 << 20]);
                }
            }
            case "array" -> held.add(new byte[Integer.MAX_VALUE]);
            case "direct" -> {
                while (true) {
                    held.add(ByteBuffer.allocateDirect(1 << 20));
                }
            }
            // a stack that no system has room for: the answer is that of a system which has no thread left
            case "thread" -> new Thread(null, () -> {}, "one more", 1L << 46).start();
            default -> throw new IllegalArgumentException(what);
        }
    }

    public static void main(String[] args) throws Exception {
        Thread part = new Thread(() -> use(args[0]), "a part of it");
        part.start();
        part.join();
        System.out.println("the program goes on");
    }
}
JAVA
javac Finding.java
java -version 2>&1 | head -1
same=0
try() { # WHAT GOES-ON-OR-ENDS
  local said seen=ends
  rm -f ./*.hprof
  said=$(java -XX:TieredStopAtLevel=1 -Xmx32m -XX:MaxDirectMemorySize=8m -XX:+ExitOnOutOfMemoryError -XX:+HeapDumpOnOutOfMemoryError \
    -XX:HeapDumpPath="$work" Finding "$1" 2>&1) || true
  echo "$1: $(grep -o 'OutOfMemoryError: .*' <<<"$said" | head -1 | cut -c1-90)"
  ! grep -q 'the program goes on' <<<"$said" || seen="goes on"
  [ -z "$(find . -name '*.hprof')" ] || seen="$seen, dump"
  echo "  the process $seen"
  [ "$seen" = "$2" ] || same=1
}
try heap "ends, dump"
try array "ends, dump"
try direct "goes on"
try thread "goes on"
[ $same = 0 ] && echo "as seen: it ends for the heap alone" || echo "the behaviour has CHANGED"
exit $same
