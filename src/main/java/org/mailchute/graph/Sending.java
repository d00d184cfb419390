package org.mailchute.graph;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;

/**
 * The body of a request, which somebody writes while it is sent: a few blocks are in memory, never more. The last block stays
 * back until {@link #end}, so the server has no whole request before.
 */
final class Sending extends OutputStream {
    private static final int BLOCK = 16 << 10;
    private static final int BLOCKS_AHEAD = 4;
    private static final long LOOK_AGAIN_MILLIS = 500;

    private final SubmissionPublisher<ByteBuffer> blocks =
            new SubmissionPublisher<>(ForkJoinPool.commonPool(), BLOCKS_AHEAD);
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final byte[] block = new byte[BLOCK];
    private int filled;
    private CompletableFuture<?> answer = new CompletableFuture<>();

    /** The connection broke, or the answer came before everything was sent; the message is not to blame. */
    static final class Stopped extends IOException {
        private static final long serialVersionUID = 1;

        Stopped() {
            super("not all of the request was sent");
        }
    }

    /** @param length octets that will be written, 1 or more */
    BodyPublisher publisher(long length) {
        return BodyPublishers.fromPublisher(
                subscriber -> {
                    blocks.subscribe(subscriber);
                    begun.complete(null);
                },
                length);
    }

    /** Waits until the request is wanted, or its end. */
    void until(CompletableFuture<?> coming) {
        answer = coming;
        CompletableFuture.anyOf(begun, coming.handle((said, fault) -> null)).join();
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        int at = from;
        while (at < from + length) {
            if (filled == BLOCK) {
                submit();
            }
            int some = Math.min(BLOCK - filled, from + length - at);
            System.arraycopy(octets, at, block, filled, some);
            filled += some;
            at += some;
        }
    }

    /** Sends what was held back; the server then has all. */
    void end() throws IOException {
        submit();
        blocks.close();
    }

    /** It will not be whole. */
    void breakOff() {
        blocks.closeExceptionally(new Stopped());
        answer.cancel(true);
    }

    /** Waits while the server takes nothing, but not longer than for its answer. */
    private void submit() throws Stopped {
        ByteBuffer full = ByteBuffer.wrap(Arrays.copyOf(block, filled));
        while (blocks.offer(full, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS, null) < 0) {
            if (answer.isDone()) {
                throw new Stopped();
            }
        }
        if (answer.isDone()) {
            throw new Stopped();
        }
        filled = 0;
    }
}
