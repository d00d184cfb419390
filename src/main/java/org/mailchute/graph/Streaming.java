package org.mailchute.graph;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A request whose body is written while it is sent. */
record Streaming(Http http, Duration timeout) {
    /** Writes a body. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException, MessagingException;
    }

    /**
     * What came of it.
     *
     * @param whole whether the server may have all of the request
     * @param answer empty where none came
     */
    record Came(boolean whole, Said said, Optional<GraphAnswer> answer) {}

    /**
     * Sends it.
     *
     * @param length octets of the body, 1 or more
     * @param beforeTheEnd once all but the last block is sent; what it throws ends the request unfinished
     * @throws UncheckedIOException when the body itself cannot be read; the server has not got all of it then
     */
    Came send(HttpRequest.Builder request, String method, long length, Body body, Runnable beforeTheEnd) {
        Sending sending = new Sending();
        boolean whole = false;
        try {
            CompletableFuture<HttpResponse<byte[]>> coming =
                    http.begin(request.method(method, sending.publisher(length)), timeout);
            sending.until(coming);
            whole = written(sending, body, beforeTheEnd);
            GraphAnswer answer = http.answer(coming, timeout);
            return new Came(whole, answer.said(whole), Optional.of(answer));
        } catch (Http.Silence e) {
            return new Came(whole, e.said(), Optional.empty());
        }
    }

    private static boolean written(Sending sending, Body body, Runnable beforeTheEnd) {
        boolean done = false;
        try {
            body.writeTo(sending);
            beforeTheEnd.run();
            done = true;
            sending.end();
            return true;
        } catch (Sending.Stopped e) {
            sending.breakOff();
            return done;
        } catch (IOException | MessagingException e) {
            sending.breakOff();
            throw Measured.unreadable(e);
        } catch (RuntimeException e) {
            sending.breakOff();
            throw e;
        }
    }
}
