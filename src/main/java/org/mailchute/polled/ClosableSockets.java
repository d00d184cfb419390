package org.mailchute.polled;

import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connection of one session, which is closed when a step takes too long: whoever waits for it then waits no more. */
final class ClosableSockets implements SocketFactory {
    private final int connectMillis;
    private volatile @Nullable Socket socket;

    ClosableSockets(int connectMillis) {
        this.connectMillis = connectMillis;
    }

    /** A step. */
    @FunctionalInterface
    interface Step<T, E extends Exception> {
        T take() throws E;
    }

    /** A step that gives nothing. */
    @FunctionalInterface
    interface Deed<E extends Exception> {
        void run() throws E;
    }

    /**
     * Takes it.
     *
     * @param what it waits for, for people
     * @throws SocketTimeoutException when it took longer; the session is of no use any more
     */
    <T, E extends Exception> T within(String what, Duration longest, Step<T, E> step) throws E, SocketTimeoutException {
        CompletableFuture<Void> end =
                new CompletableFuture<Void>().orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> alarm = end.exceptionallyAsync(late -> close());
        try {
            return step.take();
        } catch (Exception e) {
            if (end.isCompletedExceptionally()) {
                throw new SocketTimeoutException(
                        what + " did not come to an end in " + longest.toMinutes() + " minutes");
            }
            throw e;
        } finally {
            end.complete(null);
            alarm.cancel(false);
        }
    }

    /** As {@link #within}, where nothing comes of it. */
    <E extends Exception> void runWithin(String what, Duration longest, Deed<E> deed) throws E, SocketTimeoutException {
        this.<Boolean, E>within(what, longest, () -> {
            deed.run();
            return true;
        });
    }

    private @Nullable Void close() {
        Socket open = socket;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // it is gone, which is what was wanted
            }
        }
        return null;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        Socket opening = new Socket();
        socket = opening;
        try {
            opening.connect(new InetSocketAddress(host, port), connectMillis);
            return opening;
        } catch (IOException e) {
            opening.close();
            throw e;
        }
    }

    @Override
    public InputStream getInputStream(Socket from) throws IOException {
        return from.getInputStream();
    }

    @Override
    public OutputStream getOutputStream(Socket to) throws IOException {
        return to.getOutputStream();
    }
}
