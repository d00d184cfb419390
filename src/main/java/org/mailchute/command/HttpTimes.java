package org.mailchute.command;

import java.util.Map;

/**
 * How long Java's HTTP server, which is the simulator's, waits for those who do not go on. It reads this once, when a process
 * makes its first one.
 */
final class HttpTimes {
    /** Seconds a request has to come, and seconds until its answer has gone. */
    private static final Map<String, String> SECONDS =
            Map.of("sun.net.httpserver.maxReqTime", "5", "sun.net.httpserver.maxRspTime", "60");

    private HttpTimes() {}

    /** Whoever has set them otherwise, has. */
    static void bound() {
        SECONDS.forEach((name, seconds) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, seconds);
            }
        });
    }
}
