#!/usr/bin/env bash
# A Java application saves a scan by the FTP that Java has itself: new URL("ftp://user:password@host/scan.pdf").openConnection().getOutputStream(). The
# server takes all of it and then says that it was not kept: 452 no room, 552 quota, 451 disk fault, 426 connection broke.
#
# One would guess: close() of that stream throws what the server said, as a refusal of STOR before the transfer does throw.
# Seen: nothing throws. Java reads the answer when it says QUIT and throws it away, so the application takes the scan for saved. Only a server that
# refuses before the transfer is heard; so who runs one says 452 or 552 to STOR itself, where he knows it then already.
# OpenJDK 17.0.15, 2026-11-30.
# Needs a JDK. Ends with 1 when the behaviour has changed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > Finding.java <<'JAVA'
import java.io.*;
import java.net.*;
import java.util.concurrent.CompletableFuture;

public class Finding {
    /** A server for one session that answers STOR as it is told to; all else as RFC 959 has it. */
    static long serve(ServerSocket listener, String before, String after) {
        long octets = 0;
        try (Socket control = listener.accept(); ServerSocket data = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            BufferedReader in = new BufferedReader(new InputStreamReader(control.getInputStream()));
            Writer out = new OutputStreamWriter(control.getOutputStream());
            say(out, "220 hello");
            for (String line; (line = in.readLine()) != null; ) {
                switch (line) {
                    case "USER scanner" -> say(out, "331 password?");
                    case "PASS secret" -> say(out, "230 welcome");
                    case "TYPE I", "EPSV ALL" -> say(out, "200 good");
                    case "EPSV" -> say(out, "229 come (|||" + data.getLocalPort() + "|)");
                    case "STOR scan.pdf" -> {
                        say(out, before);
                        if (before.startsWith("1")) {
                            try (Socket peer = data.accept()) {
                                octets = peer.getInputStream().readAllBytes().length;
                            }
                            say(out, after);
                        }
                    }
                    case "QUIT" -> say(out, "221 bye");
                    default -> say(out, "502 not here");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets;
    }

    static void say(Writer out, String line) throws IOException {
        out.write(line + "\r\n");
        out.flush();
    }

    /** What the application hears. */
    static String heard(String before, String after) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Long> server = CompletableFuture.supplyAsync(() -> serve(listener, before, after));
            String heard = "nothing";
            try {
                URL url = new URL("ftp://scanner:secret@127.0.0.1:" + listener.getLocalPort() + "/scan.pdf");
                URLConnection connection = url.openConnection();
                connection.setReadTimeout(20_000);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(new byte[1_000]);
                }
                if (server.get() != 1_000) {
                    throw new IllegalStateException("not all of it came");
                }
            } catch (IOException e) {
                heard = e.getClass().getSimpleName();
            }
            System.out.println("STOR answered " + before + (after.isEmpty() ? "" : ", and at its end " + after) + ": " + heard);
            return heard;
        }
    }

    public static void main(String[] none) throws Exception {
        boolean same = heard("150 go on", "226 safe").equals("nothing");
        for (String refusal : new String[] {"452 no room", "552 over quota", "451 disk fault", "426 broken off"}) {
            same &= heard("150 go on", refusal).equals("nothing");
        }
        same &= heard("552 over quota", "").equals("IOException");
        System.out.println(same ? "as seen: what is refused after the transfer is not heard" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
java -version 2>&1 | head -1
timeout 50 java -XX:TieredStopAtLevel=1 Finding.java
