package org.mailchute.door;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/** A port cannot be opened; the message is fit for the administrator. */
public final class ClosedPort extends IOException {
    private static final long serialVersionUID = 1;
    /** Below it most systems want a right. */
    private static final int FREE_FOR_ALL = 1024;

    private final boolean forbidden;

    private ClosedPort(String message, boolean forbidden, Throwable cause) {
        super(message, cause);
        this.forbidden = forbidden;
    }

    /**
     * @param server as its settings call it
     * @param cause what the system says
     */
    public static ClosedPort of(String server, String bind, int port, Throwable cause) {
        boolean forbidden = forbidden(port);
        return new ClosedPort(
                server + " cannot listen on " + bind + ":" + port + " ("
                        + cause.getMessage() + "): "
                        + (forbidden ? right(port) : "end the program that has it, or set another port or address"),
                forbidden,
                cause);
    }

    private static String right(int port) {
        return "this process has no right to open ports below " + FREE_FOR_ALL
                + ": give it CAP_NET_BIND_SERVICE, as the systemd"
                + " unit of deploy does, or set another port and let the firewall redirect " + port + " to it";
    }

    /** Another start would not succeed either. */
    public boolean forbidden() {
        return forbidden;
    }

    /** Not by the system's words, which are in its user's language, and not by this port, which may be taken as well. */
    private static boolean forbidden(int port) {
        return port > 0 && port < FREE_FOR_ALL && IntStream.rangeClosed(1, port).noneMatch(ClosedPort::opens);
    }

    private static boolean opens(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException e) {
            return false; // what we ask
        }
    }
}
