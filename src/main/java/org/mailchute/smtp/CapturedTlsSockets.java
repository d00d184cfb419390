package org.mailchute.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;

/** Passes on to the real factory, and shows each TLS socket it lays over a plain one. */
final class CapturedTlsSockets extends SSLSocketFactory {
    private final SSLSocketFactory real;
    private final Consumer<Socket> seen;

    CapturedTlsSockets(SSLSocketFactory real, Consumer<Socket> seen) {
        this.real = real;
        this.seen = seen;
    }

    @Override
    public Socket createSocket(Socket under, String host, int port, boolean autoClose) throws IOException {
        Socket socket = real.createSocket(under, host, port, autoClose);
        seen.accept(socket);
        return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return real.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return real.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }
}
