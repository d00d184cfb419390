package org.mailchute.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** A client that says whatever it is given. */
public final class Talk {
    private Talk() {}

    /**
     * What is answered until the end of the connection, however it came; after a reset that may be less than was said.
     *
     * @param hangsUp says nothing more after that, so that the server need not end it
     */
    public static byte[] answers(int port, byte[] octets, boolean hangsUp) throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(Patience.MILLIS);
            socket.getOutputStream().write(octets);
            if (hangsUp) {
                socket.shutdownOutput();
            }
            InputStream in = socket.getInputStream();
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                heard.write(octet);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("neither answered nor ended", e);
        } catch (SocketException e) {
            assertThat(e).hasMessageMatching("Connection reset|Broken pipe.*"); // in the middle of what it said
        }
        return heard.toByteArray();
    }
}
