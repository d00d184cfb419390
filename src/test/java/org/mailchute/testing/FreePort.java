package org.mailchute.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.Random;

/** For a server that a test starts, and perhaps stops and starts again. */
public final class FreePort {
    private FreePort() {}

    /** Where nobody listens now, and which no connection is given while the server that shall listen there is down. */
    public static int number() throws IOException {
        Random chance = new Random();
        while (true) {
            int port = 20_000 + chance.nextInt(10_000); // below what systems give to connections
            try (ServerSocket free = new ServerSocket(port)) {
                return free.getLocalPort();
            } catch (BindException taken) {
                continue;
            }
        }
    }
}
