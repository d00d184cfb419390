#!/usr/bin/env bash
# A network's DNS server (an old router, an appliance) does not know EDNS. RFC 6891 section 7 says what it does then: it answers a question that
# carries an OPT record with FORMERR; RFC 2671 allowed NOTIMP and SERVFAIL too. To the same question without it, it gives the answer.
#
# One would guess, as RFC 6891 section 6.2.2 has it and resolvers do: the question is asked once more without EDNS. Who looks on that machine sees
# that everything works, since the C library uses none by itself.
# Seen: dnsjava puts an OPT record into each question, of its own accord, and FORMERR is the answer, "Unknown non-success error code"; nobody is
# asked again, neither by LookupSession nor by Lookup, which ends with TRY_AGAIN, for ever. With setEDNS(-1) the same server answers.
# Versions: dnsjava 3.7.1, Java 17. Date: 2026-12-01.
# Needs a JDK and Maven. Ends with 0 while this is so.
set -euo pipefail

VERSION=3.7.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>dnsjava</groupId><artifactId>dnsjava</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.*;
import java.util.*;
import java.util.concurrent.*;
import org.xbill.DNS.*;
import org.xbill.DNS.lookup.LookupSession;

public class Finding {
    static final List<String> asked = new CopyOnWriteArrayList<>();

    /** A DNS server that knows no EDNS. */
    static void serve(DatagramSocket socket, int refusal) {
        try {
            for (byte[] room = new byte[512]; ; ) {
                DatagramPacket packet = new DatagramPacket(room, room.length);
                socket.receive(packet);
                Message question = new Message(Arrays.copyOf(room, packet.getLength()));
                boolean edns = question.getOPT() != null;
                asked.add(edns ? "with EDNS" : "without");
                Message answer = new Message(question.getHeader().getID());
                answer.getHeader().setFlag(Flags.QR);
                answer.addRecord(question.getQuestion(), Section.QUESTION);
                if (edns) {
                    answer.getHeader().setRcode(refusal);
                } else {
                    answer.addRecord(org.xbill.DNS.Record.fromString(question.getQuestion().getName(), Type.MX, DClass.IN, 300,
                            "10 mx.contoso.example.", Name.root), Section.ANSWER);
                }
                socket.send(new DatagramPacket(answer.toWire(), answer.toWire().length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InetSocketAddress server(int refusal) throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> serve(socket, refusal));
        thread.setDaemon(true);
        thread.start();
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    static String bySession(Resolver resolver) throws Exception {
        asked.clear();
        try {
            return LookupSession.builder().resolver(resolver).build()
                    .lookupAsync(Name.fromString("contoso.example."), Type.MX).toCompletableFuture().get(30, TimeUnit.SECONDS).getRecords()
                    + ", asked " + asked;
        } catch (ExecutionException e) {
            return e.getCause().getClass().getSimpleName() + ", asked " + asked;
        }
    }

    static String byLookup(Resolver resolver) throws Exception {
        asked.clear();
        Lookup lookup = new Lookup("contoso.example.", Type.MX);
        lookup.setResolver(resolver);
        lookup.setCache(null);
        lookup.run();
        return (lookup.getResult() == Lookup.SUCCESSFUL ? "an answer" : lookup.getResult() == Lookup.TRY_AGAIN ? "TRY_AGAIN" : lookup.getErrorString())
                + ", asked " + asked;
    }

    public static void main(String[] args) throws Exception {
        boolean same = true;
        for (int refusal : new int[] {Rcode.FORMERR, Rcode.NOTIMP, Rcode.SERVFAIL}) {
            InetSocketAddress address = server(refusal);
            SimpleResolver usual = new SimpleResolver(address);
            SimpleResolver plain = new SimpleResolver(address);
            plain.setEDNS(-1);
            String[] seen = {bySession(usual), byLookup(usual), bySession(new ExtendedResolver(new Resolver[] {usual})), bySession(plain)};
            System.out.printf("it says %s: LookupSession %s; Lookup %s; ExtendedResolver %s; with setEDNS(-1) %s%n", Rcode.string(refusal),
                    seen[0], seen[1], seen[2], seen[3]);
            same &= seen[0].endsWith("Exception, asked [with EDNS]") && seen[1].equals("TRY_AGAIN, asked [with EDNS]")
                    && seen[2].endsWith("Exception, asked [with EDNS]") && seen[3].contains("mx.contoso.example");
        }
        System.out.println(same ? "as seen: a server that knows no EDNS is not asked without" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
echo "dnsjava $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
timeout 50 java -XX:TieredStopAtLevel=1 -cp 'lib/*' Finding.java
