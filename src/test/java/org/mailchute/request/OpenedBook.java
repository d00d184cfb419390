package org.mailchute.request;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** A program of its own, so that nothing else uses its heap: opens a book of request ids, and prints how many octets that took. */
final class OpenedBook {
    private OpenedBook() {}

    /** @param arguments the book's file */
    public static void main(String[] arguments) throws IOException {
        open(arguments[0]); // so that its classes are there
        long before = used();
        RequestBook book = open(arguments[0]);
        System.out.println(used() - before);
        Reference.reachabilityFence(book);
    }

    private static RequestBook open(String file) throws IOException {
        return new RequestBook(Path.of(file), Duration.ofDays(7), Clock.systemUTC());
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
