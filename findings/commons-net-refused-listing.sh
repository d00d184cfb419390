#!/usr/bin/env bash
# One would guess: FTPClient.listFiles throws, or returns null, when the server refuses LIST or breaks the listing off.
# Seen: it returns an empty array, as for an empty folder, whether LIST is refused at once (550), its data connection is
# refused (425), or the listing ends with a failure (150, then 426). retrieveFile at least returns false. Only
# getReplyCode() tells, and only until the next command.
# Apache Commons Net 3.12.0, Java 17, 2026-11-28.
# Needs a JDK and Maven. Ends with 0 while this is so.
set -euo pipefail

VERSION=3.12.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>commons-net</groupId><artifactId>commons-net</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>commons-io</groupId><artifactId>commons-io</artifactId><version>2.20.0</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import java.io.*;
import java.net.*;
import java.util.*;
import org.apache.commons.net.ftp.*;

public class Finding {
    static volatile List<String> toList;

    /** A server that answers LIST as it is told to; all else as RFC 959 has it. */
    static void serve(ServerSocket listener) {
        try (Socket control = listener.accept(); ServerSocket data = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            BufferedReader in = new BufferedReader(new InputStreamReader(control.getInputStream()));
            Writer out = new OutputStreamWriter(control.getOutputStream());
            say(out, "220 hello");
            for (String line; (line = in.readLine()) != null; ) {
                switch (line.split(" ")[0]) {
                    case "USER" -> say(out, "331 password?");
                    case "PASS" -> say(out, "230 welcome");
                    case "SYST" -> say(out, "215 UNIX Type: L8");
                    case "PASV" -> say(out, "227 (127,0,0,1," + data.getLocalPort() / 256 + "," + data.getLocalPort() % 256 + ")");
                    case "LIST", "RETR" -> {
                        say(out, toList.get(0));
                        try (Socket peer = data.accept()) {
                            if (toList.size() > 1) {
                                peer.getOutputStream().write("-rw-r--r-- 1 ftp ftp 4 Nov 23 12:00 scan.pdf\r\n".repeat(toList.get(1).startsWith("2") ? 1 : 0).getBytes());
                            }
                        }
                        if (toList.size() > 1) {
                            say(out, toList.get(1));
                        }
                    }
                    default -> say(out, "221 bye");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void say(Writer out, String line) throws IOException {
        out.write(line + "\r\n");
        out.flush();
    }

    public static void main(String[] none) throws Exception {
        ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread server = new Thread(() -> serve(listener));
        server.setDaemon(true);
        server.start();
        FTPClient client = new FTPClient();
        client.setDefaultTimeout(20_000);
        client.connect(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        client.login("scanner", "secret");
        client.enterLocalPassiveMode();
        boolean same = true;
        for (List<String> replies : List.of(
                List.of("150 here it comes", "226 done"),
                List.of("550 Permission denied"),
                List.of("425 Can't open data connection"),
                List.of("150 here it comes", "426 Connection closed, transfer aborted"))) {
            toList = replies;
            FTPFile[] files = client.listFiles();
            System.out.println("LIST answered " + replies + ": listFiles() gives " + files.length + " files, getReplyCode() " + client.getReplyCode());
            same &= files.length == (replies.get(replies.size() - 1).startsWith("226") ? 1 : 0);
            boolean retrieved = client.retrieveFile("scan.pdf", OutputStream.nullOutputStream());
            System.out.println("RETR answered " + replies + ": retrieveFile() gives " + retrieved);
            same &= retrieved == replies.get(replies.size() - 1).startsWith("226");
        }
        System.out.println(same ? "so it is still: a refused listing is an empty one" : "this has changed");
        System.exit(same ? 0 : 1);
    }
}
JAVA
echo "Apache Commons Net $VERSION, $(java -version 2>&1 | head -1)"
timeout 50 java -cp 'lib/*' Finding.java
