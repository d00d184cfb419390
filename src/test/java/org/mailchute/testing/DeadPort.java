package org.mailchute.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port of this machine where nobody listens, nor anybody else can begin to while this is open: a connection is refused at once. */
public final class DeadPort implements AutoCloseable {
    private final Socket held = new Socket();

    public DeadPort() throws IOException {
        held.setReuseAddress(false);
        held.bind(new InetSocketAddress(0));
    }

    public int number() {
        return held.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
