package org.mailchute.door;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection that the watchdog ends. What is done on it has an end, whoever drips or does not read at its other side. */
public final class Leash {
    private static final Logger LOG = LoggerFactory.getLogger(Leash.class);

    private final Watchdog dog;
    private final Closeable plain;

    Leash(Watchdog dog, Closeable plain) {
        this.dog = dog;
        this.plain = plain;
    }

    /** What may take long. */
    @FunctionalInterface
    public interface Action<T> {
        T run() throws IOException;
    }

    /** What may take long and gives nothing. */
    @FunctionalInterface
    public interface Step {
        void run() throws IOException;
    }

    private static final class Held implements Watchdog.Wait {
        private final Instant last;
        private final Closeable plain;

        Held(Instant last, Closeable plain) {
            this.last = last;
            this.plain = plain;
        }

        @Override
        public Instant last() {
            return last;
        }

        @Override
        public void cut() {
            try {
                plain.close();
            } catch (IOException e) {
                LOG.debug("closed already", e);
            }
        }
    }

    /** @throws SocketTimeoutException when it took too long; then the connection is closed */
    public <T> T until(Instant last, Action<T> action) throws IOException {
        Instant now = dog.clock().instant();
        Held held = new Held(last.isBefore(now) ? now : last, plain);
        dog.watch(held);
        try {
            return action.run();
        } catch (IOException e) {
            throw dog.watches(held) ? e : tooSlow(e);
        } finally {
            dog.leave(held);
        }
    }

    private static IOException tooSlow(IOException cause) {
        IOException slow = new SocketTimeoutException("too slow");
        slow.initCause(cause);
        return slow;
    }

    /** As {@link #until}. */
    public void within(Duration time, Step step) throws IOException {
        until(dog.clock().instant().plus(time), () -> {
            step.run();
            return true;
        });
    }

    /** @param time for each read, however many records of TLS it needs */
    public InputStream reading(InputStream octets, Duration time) {
        return new FilterInputStream(octets) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                return until(dog.clock().instant().plus(time), () -> in.read(into, from, most));
            }
        };
    }

    /** @param time for each write and flush */
    public OutputStream writing(OutputStream octets, Duration time) {
        return new FilterOutputStream(octets) {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] from, int first, int count) throws IOException {
                within(time, () -> out.write(from, first, count)); // at once, and not one by one
            }

            @Override
            public void flush() throws IOException {
                within(time, out::flush);
            }
        };
    }
}
