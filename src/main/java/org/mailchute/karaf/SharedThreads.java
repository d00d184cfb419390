package org.mailchute.karaf;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnector;

/** Threads that outlast the bundle, and would keep its classes, and with them the last gateway, in memory. */
final class SharedThreads {
    private SharedThreads() {}

    /**
     * Java ends the waits of {@link CompletableFuture}s in one thread for all, which keeps the class loader of whoever had the first. So a
     * thread of Java's own has it here, while nothing of ours is among its callers.
     */
    static void begin() {
        CountDownLatch both = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> await(both), ForkJoinPool.commonPool());
        CompletableFuture<Void> wait =
                first.thenRunAsync(() -> {}, CompletableFuture.delayedExecutor(0, TimeUnit.NANOSECONDS));
        both.countDown();
        wait.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Artemis keeps these for the next connection of the JVM. */
    static void end() {
        InVMConnector.resetThreadPool();
        ActiveMQClient.clearThreadPools();
    }
}
