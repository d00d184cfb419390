package org.mailchute.drop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Makes data connections: those to devices (PORT) unconnected, those of devices (PASV) over the socket that was accepted. */
final class TlsDataSockets extends SSLSocketFactory {
    private final SSLSocketFactory sockets;

    TlsDataSockets(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    private static Socket wrapped(Socket tls) {
        return new TlsDataSocket((SSLSocket) tls);
    }

    @Override
    public Socket createSocket() throws IOException {
        return wrapped(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        return wrapped(sockets.createSocket(plain, host, port, autoClose));
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
