package org.mailchute.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes on what is said to a server of this machine, until it forgets the connections that there are; new ones pass. */
public final class Firewall implements AutoCloseable {
    private final ServerSocket door;
    private final int server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger forgotten = new AtomicInteger();

    /** @param server its port */
    public Firewall(int server) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server = server;
        thread(this::accept);
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "firewall");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return door.getLocalPort();
    }

    /** What is said over those that are open comes nowhere, and neither side hears of it. */
    public void forget() {
        forgotten.incrementAndGet();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                sockets.addAll(List.of(client, behind));
                int born = forgotten.get();
                thread(() -> pass(client, behind, born));
                thread(() -> pass(behind, client, born));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void pass(Socket from, Socket to, int born) {
        byte[] some = new byte[8192];
        try {
            InputStream said = from.getInputStream();
            for (int many = said.read(some); many >= 0; many = said.read(some)) {
                if (born == forgotten.get()) {
                    to.getOutputStream().write(some, 0, many);
                }
            }
            if (born == forgotten.get()) {
                to.close();
            }
        } catch (IOException e) {
            // one of the two has gone
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
