package org.mailchute.credentials;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An answer's body, which is left where it becomes too long. */
public final class BoundedBody implements BodySubscriber<byte[]> {
    private final int most;
    private final Supplier<Exception> tooLong;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    /**
     * @param most octets, 0 or more
     * @param tooLong what is said of a longer one
     */
    public BoundedBody(int most, Supplier<Exception> tooLong) {
        this.most = most;
        this.tooLong = tooLong;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        parts.forEach(this::take);
    }

    private void take(ByteBuffer part) {
        if (body.isDone()) {
            return;
        }
        if (octets.size() + part.remaining() > most) {
            tooLong();
            return;
        }
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        octets.writeBytes(copy);
    }

    private void tooLong() {
        if (subscription != null) {
            subscription.cancel();
        }
        body.completeExceptionally(tooLong.get());
    }

    @Override
    public void onError(Throwable fault) {
        body.completeExceptionally(fault);
    }

    @Override
    public void onComplete() {
        body.complete(octets.toByteArray());
    }
}
