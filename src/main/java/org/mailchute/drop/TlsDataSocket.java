package org.mailchute.drop;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.mailchute.door.Leash;

/**
 * A data connection over TLS that ends as other servers' do: by close_notify and nothing else (RFC 8446 section 6.1). When a socket of
 * Java's is closed under TLS 1.3, it says user_canceled before that, which GnuTLS takes for a fatal alert, so that its clients (lftp)
 * throw a listing away that they have whole. Each step has an end. All else is Java's own.
 */
final class TlsDataSocket extends SSLSocket {
    private final SSLSocket tls;
    private final Leash leash;
    private final Duration idle;

    /** @param idle for each step */
    TlsDataSocket(SSLSocket tls, Leash leash, Duration idle) {
        this.tls = tls;
        this.leash = leash;
        this.idle = idle;
    }

    /** To shut the output down first says close_notify alone. */
    @Override
    public void close() throws IOException {
        try (tls) {
            if (tls.isConnected() && !tls.isClosed() && !tls.isOutputShutdown()) {
                leash.within(idle, tls::shutdownOutput);
            }
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(leash.reading(tls.getInputStream(), idle)) {
            @Override
            public void close() throws IOException {
                TlsDataSocket.this.close();
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(leash.writing(tls.getOutputStream(), idle)) {
            @Override
            public void write(byte[] octets, int from, int count) throws IOException {
                out.write(octets, from, count); // at once, and not one by one
            }

            @Override
            public void close() throws IOException {
                TlsDataSocket.this.close();
            }
        };
    }

    @Override
    public void startHandshake() throws IOException {
        leash.within(idle, tls::startHandshake);
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        tls.connect(address);
    }

    @Override
    public void connect(SocketAddress address, int millis) throws IOException {
        tls.connect(address, millis);
    }

    @Override
    public void bind(SocketAddress address) throws IOException {
        tls.bind(address);
    }

    @Override
    public void setReuseAddress(boolean on) throws SocketException {
        tls.setReuseAddress(on);
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        tls.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return tls.getSoTimeout();
    }

    @Override
    public void shutdownInput() throws IOException {
        tls.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        tls.shutdownOutput();
    }

    @Override
    public SSLSession getSession() {
        return tls.getSession();
    }

    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
        tls.addHandshakeCompletedListener(listener);
    }

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
        tls.removeHandshakeCompletedListener(listener);
    }

    @Override
    public void setUseClientMode(boolean on) {
        tls.setUseClientMode(on);
    }

    @Override
    public boolean getUseClientMode() {
        return tls.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean on) {
        tls.setNeedClientAuth(on);
    }

    @Override
    public boolean getNeedClientAuth() {
        return tls.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean on) {
        tls.setWantClientAuth(on);
    }

    @Override
    public boolean getWantClientAuth() {
        return tls.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean on) {
        tls.setEnableSessionCreation(on);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return tls.getEnableSessionCreation();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return tls.getEnabledCipherSuites();
    }

    @Override
    public String[] getSupportedProtocols() {
        return tls.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return tls.getEnabledProtocols();
    }

    @Override
    public void setEnabledCipherSuites(String[] names) {
        tls.setEnabledCipherSuites(names);
    }

    @Override
    public void setEnabledProtocols(String[] names) {
        tls.setEnabledProtocols(names);
    }

    @Override
    public InetAddress getInetAddress() {
        return tls.getInetAddress();
    }

    @Override
    public int getPort() {
        return tls.getPort();
    }

    @Override
    public int getLocalPort() {
        return tls.getLocalPort();
    }

    @Override
    public InetAddress getLocalAddress() {
        return tls.getLocalAddress();
    }

    @Override
    public boolean isConnected() {
        return tls.isConnected();
    }

    @Override
    public boolean isBound() {
        return tls.isBound();
    }

    @Override
    public boolean isClosed() {
        return tls.isClosed();
    }
}
