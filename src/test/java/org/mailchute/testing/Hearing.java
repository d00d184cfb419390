package org.mailchute.testing;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** What the other end of a connection does. */
public final class Hearing {
    private Hearing() {}

    /** Whether it has ended the connection; it is cut off where there were octets that it no longer reads. Waits as long as the socket's time-out. */
    public static boolean isOver(Socket connection) throws IOException {
        try {
            return connection.getInputStream().read() == -1;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }
}
