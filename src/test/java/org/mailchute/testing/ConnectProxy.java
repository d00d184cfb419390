package org.mailchute.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy on loopback that opens tunnels (CONNECT) for who logs in. */
public final class ConnectProxy implements AutoCloseable {
    private final ServerSocket server;
    private final String login;
    private final List<String> opened = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** @param login {@code user:password}; empty where nobody need log in */
    public ConnectProxy(String login) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.login = login;
        thread(this::accept);
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** To which servers tunnels were opened, as {@code host:port}. */
    public List<String> opened() {
        return opened;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                thread(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            String head = head(in);
            while (!head.isEmpty() && !mayPass(head)) {
                say(
                        client,
                        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n"
                                + "Content-Length: 0\r\n\r\n");
                head = head(in);
            }
            if (!head.isEmpty()) {
                tunnel(client, in, head.split(" ")[1]);
            }
        } catch (IOException e) {
            // one of the two has gone
        }
    }

    private boolean mayPass(String head) {
        String proof = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        return login.isEmpty()
                || head.toLowerCase(Locale.ROOT)
                        .contains("proxy-authorization: basic " + proof.toLowerCase(Locale.ROOT));
    }

    private void tunnel(Socket client, InputStream in, String to) throws IOException {
        opened.add(to);
        int colon = to.lastIndexOf(':');
        try (Socket there = new Socket(to.substring(0, colon), Integer.parseInt(to.substring(colon + 1)))) {
            sockets.add(there);
            say(client, "HTTP/1.1 200 Connection established\r\n\r\n");
            thread(() -> pump(there, client));
            in.transferTo(there.getOutputStream());
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.close();
        } catch (IOException e) {
            // one of the two has gone
        }
    }

    private static void say(Socket client, String text) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                return "";
            }
            head.append((char) octet);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
