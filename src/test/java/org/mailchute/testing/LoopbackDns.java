package org.mailchute.testing;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A small DNS server over UDP on loopback, for any room that asks the DNS. It answers only what it was told. */
public final class LoopbackDns implements AutoCloseable {
    private final DatagramSocket socket;
    private final Thread thread;
    private final Map<Name, Map<Integer, List<Record>>> zone = new ConcurrentHashMap<>();
    private final Map<Name, Integer> failures = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile boolean silent;
    private volatile int toEdns = Rcode.NOERROR;

    public LoopbackDns() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        thread = new Thread(this::serve, "loopback-dns");
        thread.setDaemon(true);
        thread.start();
    }

    /** Answers these for their name and type. */
    public LoopbackDns knows(Record... records) {
        for (Record record : records) {
            zone.computeIfAbsent(record.getName(), name -> new ConcurrentHashMap<>())
                    .merge(record.getType(), List.of(record), LoopbackDns::both);
        }
        return this;
    }

    private static List<Record> both(List<Record> one, List<Record> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    /** Fails on this name, with an {@link Rcode}. */
    public LoopbackDns fails(Name name, int rcode) {
        failures.put(name, rcode);
        return this;
    }

    /**
     * Knows no EDNS.
     *
     * @param rcode what it says to whoever comes with it
     */
    public LoopbackDns knowsNoEdns(int rcode) {
        toEdns = rcode;
        return this;
    }

    /** From now on gives no answer to anything, or answers again. */
    public void silent(boolean on) {
        silent = on;
    }

    /** How many questions came. */
    public int questions() {
        return questions.get();
    }

    /** Asks this server, and waits for it as long as who asks does. */
    public Resolver resolver() {
        Resolver resolver =
                new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()));
        resolver.setTimeout(Patience.LONGEST);
        return resolver;
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                questions.incrementAndGet();
                if (!silent) {
                    byte[] answer = answer(new Message(Arrays.copyOf(buffer, packet.getLength())))
                            .toWire();
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // closed, or a packet that is no question: the next one, if any
            }
        }
    }

    private Message answer(Message query) {
        Record question = query.getQuestion();
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(question, Section.QUESTION);
        if (toEdns != Rcode.NOERROR && query.getOPT() != null) {
            answer.getHeader().setRcode(toEdns);
            return answer;
        }
        Map<Integer, List<Record>> found = zone.getOrDefault(question.getName(), new HashMap<>());
        int otherwise = found.isEmpty() ? Rcode.NXDOMAIN : Rcode.NOERROR;
        answer.getHeader().setRcode(failures.getOrDefault(question.getName(), otherwise));
        found.getOrDefault(found.containsKey(Type.CNAME) ? Type.CNAME : question.getType(), List.of())
                .forEach(record -> answer.addRecord(record, Section.ANSWER));
        // how long "there is none" may be kept (RFC 2308 section 3)
        answer.addRecord(soa(question.getName()), Section.AUTHORITY);
        return answer;
    }

    private static Record soa(Name name) {
        return new SOARecord(name, DClass.IN, 300, name, name, 1, 300, 300, 300, 300);
    }

    @Override
    public void close() {
        socket.close();
        thread.interrupt();
    }
}
