package org.mailchute.polled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A server that says nothing is waited for only so long. */
class ClosableSocketsTest {
    private final ClosableSockets sockets = new ClosableSockets(0);

    @Test
    void aStepThatTakesTooLongIsEndedByClosingTheConnection() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = sockets.createSocket("127.0.0.1", silent.getLocalPort())) {
            assertThatThrownBy(() -> sockets.<Integer, IOException>within(
                            "its listing",
                            Duration.ofMillis(20),
                            () -> sockets.getInputStream(socket).read()))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("its listing did not come to an end in 0 minutes");
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void whatFailsInTimeFailsAsItIs() throws IOException {
        assertThatThrownBy(() -> sockets.<IOException>runWithin("it", Duration.ofHours(1), () -> {
                    throw new IOException("broken");
                }))
                .hasMessage("broken");
        assertThat(sockets.<String, IOException>within("it", Duration.ofHours(1), () -> "done"))
                .isEqualTo("done");
    }
}
