package org.mailchute.command;

import java.util.Map;

/**
 * What libraries read from system properties, each once, when a process first makes use of it: how many seconds Java's HTTP server, which
 * is the simulator's, waits for a request to come and for its answer to go; and the chunks, 8 KB times two to that power, in which the
 * memory lies of what Artemis hands on inside the process. They are never given back, and there is one and more for each processor: of
 * 4 MB each, as Netty has it, they were half of what an idle gateway has in its heap, and a quarter of the smallest.
 */
final class LibraryDefaults {
    private static final Map<String, String> VALUES = Map.of(
            "sun.net.httpserver.maxReqTime", "5",
            "sun.net.httpserver.maxRspTime", "60",
            "io.netty.allocator.maxOrder", "5");

    private LibraryDefaults() {}

    /** Whoever has set them otherwise, has. */
    static void set() {
        VALUES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
