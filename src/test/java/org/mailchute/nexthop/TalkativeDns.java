package org.mailchute.nexthop;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.mailchute.testing.Patience;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;

/** A DNS server on loopback that asks each question to be put over TCP (RFC 7766), and answers there in its own way. */
final class TalkativeDns implements AutoCloseable {
    /** How it answers. */
    enum Way {
        NEVER,
        /** An octet at a time, and it never gets to the end. */
        DRIPS,
        /** With half of it. */
        ENDS,
        WHOLE
    }

    private final ServerSocket tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress());
    private final Way way;
    private final List<Record> records;

    TalkativeDns(Way way, List<Record> records) throws IOException {
        this.way = way;
        this.records = records;
        start(this::askForTcp);
        start(this::answer);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // closed, by either side
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    Resolver resolver() {
        Resolver resolver =
                new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort()));
        resolver.setTimeout(Patience.LONGEST);
        return resolver;
    }

    private void askForTcp() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        while (true) {
            udp.receive(packet);
            Message cut = reply(new Message(Arrays.copyOf(packet.getData(), packet.getLength())));
            cut.getHeader().setFlag(Flags.TC);
            byte[] octets = cut.toWire();
            udp.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
        }
    }

    private static Message reply(Message query) {
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        return reply;
    }

    private void answer() throws IOException {
        while (true) {
            Socket client = tcp.accept();
            start(() -> answer(client));
        }
    }

    private void answer(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        Message answer = reply(new Message(in.readNBytes(in.readUnsignedShort())));
        records.forEach(record -> answer.addRecord(record, Section.ANSWER));
        byte[] message = answer.toWire(65_535);
        byte[] octets = ByteBuffer.allocate(message.length + 2)
                .putShort((short) message.length)
                .put(message)
                .array();
        switch (way) {
            case NEVER -> in.readAllBytes();
            case DRIPS -> drip(octets, client);
            case ENDS -> {
                try (client) {
                    client.getOutputStream().write(octets, 0, octets.length / 2);
                }
            }
            case WHOLE -> client.getOutputStream().write(octets);
        }
    }

    private static void drip(byte[] octets, Socket client) throws IOException {
        OutputStream out = client.getOutputStream();
        for (int i = 0; i < octets.length - 1; i++) {
            out.write(octets[i]);
            out.flush();
        }
        client.getInputStream().readAllBytes();
    }

    @Override
    public void close() throws IOException {
        tcp.close();
        udp.close();
    }
}
