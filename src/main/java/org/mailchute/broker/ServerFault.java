package org.mailchute.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.utils.ConfigurationHelper;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.TlsContexts;

/** Why a broker elsewhere cannot be reached. Artemis only says that it tried all servers, so each is tried once by hand. */
final class ServerFault {
    private static final int PATIENCE_MS = 5_000;

    private ServerFault() {}

    static String place(TransportConfiguration[] servers) {
        return Arrays.stream(servers)
                .map(server -> host(server) + ":" + port(server))
                .collect(Collectors.joining(", "));
    }

    /** In one line. */
    static IllegalStateException of(TransportConfiguration[] servers, Optional<Path> trust, ActiveMQException e) {
        for (TransportConfiguration server : servers) {
            Optional<String> fault = tried(server, trust);
            if (fault.isPresent()) {
                return new IllegalStateException(
                        "the broker at " + host(server) + ":" + port(server) + " cannot be used: " + fault.get(), e);
            }
        }
        return new IllegalStateException("the broker at " + place(servers) + " cannot be used: " + e.getMessage(), e);
    }

    private static Optional<String> tried(TransportConfiguration server, Optional<Path> trust) {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host(server), port(server)), PATIENCE_MS);
            return tls(server) ? handshake(plain, server, trust) : Optional.empty();
        } catch (IOException | CredentialException e) {
            return Optional.of(e.getMessage() + "; is it running, and broker.url right?");
        }
    }

    private static Optional<String> handshake(Socket plain, TransportConfiguration server, Optional<Path> trust)
            throws CredentialException {
        try (SSLSocket socket = (SSLSocket) TlsContexts.of(trust, Optional.empty())
                .getSocketFactory()
                .createSocket(plain, host(server), port(server), true)) {
            socket.setSoTimeout(PATIENCE_MS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("its certificate is not trusted, or not for this name, or it speaks no TLS ("
                    + e.getMessage() + "); name its authority's PEM file in broker.trust");
        }
    }

    private static String host(TransportConfiguration server) {
        return ConfigurationHelper.getStringProperty(
                TransportConstants.HOST_PROP_NAME, TransportConstants.DEFAULT_HOST, server.getParams());
    }

    private static int port(TransportConfiguration server) {
        return ConfigurationHelper.getIntProperty(
                TransportConstants.PORT_PROP_NAME, TransportConstants.DEFAULT_PORT, server.getParams());
    }

    private static boolean tls(TransportConfiguration server) {
        return ConfigurationHelper.getBooleanProperty(
                TransportConstants.SSL_ENABLED_PROP_NAME, false, server.getParams());
    }
}
