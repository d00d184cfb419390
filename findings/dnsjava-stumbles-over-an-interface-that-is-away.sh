#!/usr/bin/env bash
# A router announces itself as DNS server by its link-local address, so resolv.conf says "nameserver fe80::1%eth0", and another server in the next
# line. The interface is away just then: it is not up yet at the start of a service, or has another name since the last upgrade.
#
# One would guess: such a server cannot be asked, and the next one is, as where nobody listens at the first one's address; and what goes wrong is in
# the CompletionStage that lookupAsync gives.
# Seen: dnsjava keeps the line as an address without a number, and each look-up throws UnresolvedAddressException out of lookupAsync itself, past
# its stage, before the other server is asked; for as long as the process runs, since the lines are read once.
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
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.*;
import org.xbill.DNS.config.ResolvConfResolverConfigProvider;
import org.xbill.DNS.lookup.LookupSession;

public class Finding {
    static final AtomicInteger asked = new AtomicInteger();

    static void serve(DatagramSocket socket) {
        try {
            for (byte[] room = new byte[512]; ; ) {
                DatagramPacket packet = new DatagramPacket(room, room.length);
                socket.receive(packet);
                asked.incrementAndGet();
                Message question = new Message(Arrays.copyOf(room, packet.getLength()));
                Message answer = new Message(question.getHeader().getID());
                answer.getHeader().setFlag(Flags.QR);
                answer.addRecord(question.getQuestion(), Section.QUESTION);
                answer.addRecord(org.xbill.DNS.Record.fromString(question.getQuestion().getName(), Type.MX, DClass.IN, 300,
                        "10 mx.contoso.example.", Name.root), Section.ANSWER);
                socket.send(new DatagramPacket(answer.toWire(), answer.toWire().length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first server that dnsjava reads in this file. */
    static InetSocketAddress read(String file) throws IOException {
        return new ResolvConfResolverConfigProvider() {
            InetSocketAddress first() throws IOException {
                parseResolvConf(new ByteArrayInputStream(file.getBytes(StandardCharsets.US_ASCII)));
                return servers().get(0);
            }
        }.first();
    }

    static String mx(InetSocketAddress first, InetSocketAddress second) throws Exception {
        asked.set(0);
        LookupSession session = LookupSession.builder()
                .resolver(new ExtendedResolver(new Resolver[] {new SimpleResolver(first), new SimpleResolver(second)}))
                .build();
        CompletionStage<?> stage;
        try {
            stage = session.lookupAsync(Name.fromString("contoso.example."), Type.MX);
        } catch (RuntimeException e) {
            return "throws " + e.getClass().getSimpleName() + ", the second was asked " + asked + " times";
        }
        try {
            stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
            return "an answer, the second was asked " + asked + " times";
        } catch (ExecutionException e) {
            return "fails with " + e.getCause().getClass().getSimpleName() + ", the second was asked " + asked + " times";
        }
    }

    public static void main(String[] arguments) throws Exception {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread server = new Thread(() -> serve(socket));
        server.setDaemon(true);
        server.start();
        InetSocketAddress second = (InetSocketAddress) socket.getLocalSocketAddress();
        int free;
        try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            free = other.getLocalPort();
        }
        String nobody = mx(new InetSocketAddress(InetAddress.getLoopbackAddress(), free), second);
        System.out.println("nobody at the first: " + nobody);
        InetSocketAddress away = read("nameserver fe80::1%away0\nnameserver 192.0.2.1\n");
        System.out.println("dnsjava reads the first: " + away);
        boolean same = nobody.equals("an answer, the second was asked 1 times") && away.isUnresolved();
        for (int time = 1; time <= 2; time++) {
            String seen = mx(away, second);
            System.out.println("its interface is away: " + seen);
            same &= seen.equals("throws UnresolvedAddressException, the second was asked 0 times");
        }
        System.out.println(same ? "as seen: it throws, and the second server is not asked" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
echo "dnsjava $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
timeout 50 java -XX:TieredStopAtLevel=1 -cp 'lib/*' Finding.java
