package org.mailchute.it;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.mailchute.listener.Device;

/** A device that keeps its SMTP session for many messages of 20 KB. */
final class Copier implements AutoCloseable {
    private static final int MESSAGES_A_SESSION = 500;
    private static final String BODY = ("x".repeat(76) + "\r\n").repeat(256);

    private final int port;
    private @Nullable Device device;
    private int sent;

    Copier(int port) {
        this.port = port;
    }

    /** @throws IOException when it is not taken */
    void send(String subject) throws IOException {
        String reply = session()
                .sends("From: copier@contoso.example\r\nTo: anna@contoso.example\r\nSubject: " + subject + "\r\n\r\n"
                        + BODY);
        if (!reply.startsWith("250 ")) {
            throw new IOException(subject + " was not taken: " + reply);
        }
        if (++sent % MESSAGES_A_SESSION == 0) {
            close();
        }
    }

    private Device session() throws IOException {
        Device open = device == null ? Device.ready(port) : device;
        device = open;
        return open;
    }

    @Override
    public void close() throws IOException {
        if (device != null) {
            device.says("QUIT");
            device.close();
            device = null;
        }
    }
}
