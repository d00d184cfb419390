#!/bin/sh
# Guess: sun.misc.Signal.handle either takes a signal or throws IllegalArgumentException, whoever started the process: a daemon that reads
# its settings anew by SIGHUP does so under nohup too.
# Seen: what was ignored when Java was started is treated in two ways. SIGHUP (and SIGINT, SIGTERM) stay ignored: handle throws nothing,
# the handler is never called, and only its result tells, which is SignalHandler.SIG_IGN. SIGUSR1, ignored likewise, is taken.
# So under nohup a reload by SIGHUP does nothing and says nothing, and what a script starts by "&" may not hear SIGINT.
# Version: OpenJDK 17. Date: 2026-11-30.
# Needs a JDK 17 and a POSIX shell. Ends with 1 when the behaviour has changed.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/Ignored.java" <<'JAVA'
import java.util.concurrent.*;
import sun.misc.*;

public class Ignored {
    static String of(String name) throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        SignalHandler before = Signal.handle(new Signal(name), signal -> heard.countDown());
        String pid = Long.toString(ProcessHandle.current().pid());
        new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
        boolean came = heard.await(2, TimeUnit.SECONDS);
        return (SignalHandler.SIG_IGN.equals(before) ? "was ignored, " : "was not ignored, ") + (came ? "heard" : "not heard");
    }

    public static void main(String[] args) throws Exception {
        System.out.println("SIGHUP " + of("HUP") + "; SIGUSR1 " + of("USR1"));
        System.exit(0);
    }
}
JAVA
javac -XDignore.symbol.file -nowarn -d "$work" "$work/Ignored.java"
java -version 2>&1 | head -1
usual=$(java -cp "$work" Ignored)
deaf=$(trap '' HUP USR1; exec java -cp "$work" Ignored)
echo "started as usual: $usual"
echo "started with both ignored: $deaf"
if [ "$usual" = "SIGHUP was not ignored, heard; SIGUSR1 was not ignored, heard" ] \
    && [ "$deaf" = "SIGHUP was ignored, not heard; SIGUSR1 was ignored, heard" ]; then
  echo "as seen: SIGHUP stays ignored without a word, SIGUSR1 does not"
else
  echo "the behaviour has CHANGED"
  exit 1
fi
