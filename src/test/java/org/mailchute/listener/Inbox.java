package org.mailchute.listener;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.mailchute.envelope.Envelope;

/** Keeps what it is handed; can be out of room, or say something else than yes. */
final class Inbox implements Handover {
    record Taken(Envelope envelope, String content, String device, boolean dotsDoubled) {}

    final List<Taken> taken = new CopyOnWriteArrayList<>();
    final AtomicInteger dropped = new AtomicInteger();
    volatile Answer answer = new Answer.Queued("0000000000000001");
    volatile int room = Integer.MAX_VALUE;

    @Override
    public Draft open() throws IOException {
        if (room == 0) {
            throw new IOException("no space left");
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                if (content.size() >= room) {
                    throw new IOException("no space left");
                }
                content.write(octet);
            }
        };
        return new Draft() {
            @Override
            public OutputStream content() {
                return out;
            }

            @Override
            public Answer hand(Envelope envelope, String device, boolean dotsDoubled) {
                taken.add(new Taken(envelope, content.toString(StandardCharsets.ISO_8859_1), device, dotsDoubled));
                return answer;
            }

            @Override
            public void drop() {
                dropped.incrementAndGet();
            }
        };
    }
}
