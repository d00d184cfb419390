package org.mailchute.drop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.mailchute.door.Watchdog;

/** Makes data connections: those to devices (PORT) unconnected, those of devices (PASV) over the socket that was accepted. */
final class TlsDataSockets extends SSLSocketFactory {
    private final SSLSocketFactory sockets;
    private final Watchdog watchdog;
    private final Duration idle;

    TlsDataSockets(SSLSocketFactory sockets, Watchdog watchdog, Duration idle) {
        this.sockets = sockets;
        this.watchdog = watchdog;
        this.idle = idle;
    }

    /** One that has no other below it can be cut off only where its close does not wait for whoever writes. */
    private Socket wrapped(Socket tls) {
        return new TlsDataSocket(
                (SSLSocket) tls,
                watchdog.leash(() -> {
                    tls.setSoLinger(true, 0);
                    tls.close();
                }),
                idle);
    }

    @Override
    public Socket createSocket() throws IOException {
        return wrapped(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        return new TlsDataSocket(
                (SSLSocket) sockets.createSocket(plain, host, port, autoClose), watchdog.leash(plain), idle);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return wrapped(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return wrapped(sockets.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return wrapped(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return wrapped(sockets.createSocket(host, port, local, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }
}
