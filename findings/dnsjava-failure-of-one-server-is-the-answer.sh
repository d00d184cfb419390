#!/usr/bin/env bash
# A machine has two DNS servers (two lines in /etc/resolv.conf). The first is up, but cannot answer for other domains just now: it says SERVFAIL
# or REFUSED. The second answers. A program asks by dnsjava's resolver for several servers, which is also its default.
#
# One would guess, as the C library does (and with it Java's own InetAddress, and dig): the second is asked.
# Seen: the failure of the first is the answer, and the second is not asked, in this request and in all later ones: only a server that says nothing
# at all is passed over, and then remembered. So mail for a domain whose MX is looked up so stands still, while everything else on that machine works.
# A resolver for each server that throws for these codes is passed over too.
# Versions: dnsjava 3.7.1, Java 17. Date: 2026-11-30.
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
import java.net.*;
import java.util.Arrays;
import java.util.concurrent.*;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.*;
import org.xbill.DNS.lookup.LookupSession;

public class Finding {
    /** A DNS server that says one thing to every question, and counts them. */
    record Server(DatagramSocket socket, int rcode, AtomicInteger asked) implements Runnable {
        static Server saying(int rcode) throws IOException {
            Server server = new Server(new DatagramSocket(0, InetAddress.getLoopbackAddress()), rcode, new AtomicInteger());
            Thread thread = new Thread(server);
            thread.setDaemon(true);
            thread.start();
            return server;
        }

        InetSocketAddress address() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        @Override
        public void run() {
            try {
                for (byte[] room = new byte[512]; ; ) {
                    DatagramPacket packet = new DatagramPacket(room, room.length);
                    socket.receive(packet);
                    Message question = new Message(Arrays.copyOf(room, packet.getLength()));
                    Message answer = new Message(question.getHeader().getID());
                    answer.getHeader().setFlag(Flags.QR);
                    answer.getHeader().setRcode(rcode);
                    answer.addRecord(question.getQuestion(), Section.QUESTION);
                    if (rcode == Rcode.NOERROR) {
                        answer.addRecord(org.xbill.DNS.Record.fromString(question.getQuestion().getName(), Type.MX, DClass.IN, 300,
                                "10 mx.contoso.example.", Name.root), Section.ANSWER);
                    }
                    asked.incrementAndGet();
                    socket.send(new DatagramPacket(answer.toWire(), answer.toWire().length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /** Throws where the server says that it cannot answer. */
    static class Strict extends SimpleResolver {
        Strict(InetSocketAddress server) {
            super(server);
        }

        @Override
        public CompletionStage<Message> sendAsync(Message question, Executor executor) {
            return super.sendAsync(question, executor).thenApply(answer -> {
                if (answer.getRcode() == Rcode.SERVFAIL || answer.getRcode() == Rcode.REFUSED) {
                    throw new CompletionException(new IOException("it says " + Rcode.string(answer.getRcode())));
                }
                return answer;
            });
        }
    }

    static String mx(Resolver resolver) throws Exception {
        try {
            return "" + LookupSession.builder().resolver(resolver).build()
                    .lookupAsync(Name.fromString("contoso.example."), Type.MX).toCompletableFuture().get(30, TimeUnit.SECONDS).getRecords();
        } catch (ExecutionException e) {
            return e.getCause().getClass().getSimpleName();
        }
    }

    public static void main(String[] args) throws Exception {
        boolean same = true;
        for (int rcode : new int[] {Rcode.SERVFAIL, Rcode.REFUSED}) {
            Server first = Server.saying(rcode);
            Server second = Server.saying(Rcode.NOERROR);
            Resolver both = new ExtendedResolver(new Resolver[] {new SimpleResolver(first.address()), new SimpleResolver(second.address())});
            for (int time = 1; time <= 3; time++) {
                System.out.printf("the first says %s: %s; asked so far: first %d, second %d%n", Rcode.string(rcode), mx(both),
                        first.asked().get(), second.asked().get());
            }
            same &= second.asked().get() == 0 && first.asked().get() > 0;
            String strict = mx(new ExtendedResolver(new Resolver[] {new Strict(first.address()), new Strict(second.address())}));
            System.out.printf("by resolvers that throw for it: %s%n", strict);
            same &= strict.contains("mx.contoso.example") && second.asked().get() == 1;
        }
        System.out.println(same ? "as seen: the second server is not asked" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
echo "dnsjava $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
timeout 50 java -XX:TieredStopAtLevel=1 -cp 'lib/*' Finding.java
