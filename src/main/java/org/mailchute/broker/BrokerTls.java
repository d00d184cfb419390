package org.mailchute.broker;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.remoting.impl.ssl.CachingSSLContextFactory;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextConfig;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.RenewedTls;
import org.mailchute.credentials.TlsSource;

/**
 * Gives Artemis the TLS context of our PEM and PKCS#12 files; found by it as a service. Connections that know nothing of it
 * get what Artemis makes of their own parameters.
 */
public final class BrokerTls extends CachingSSLContextFactory {
    private static final String SOURCE = "mailchuteTls";
    private static final AtomicLong NUMBER = new AtomicLong();

    /** Has the acceptor use it. */
    public static void server(Map<String, Object> port, TlsSource tls) throws CredentialException {
        tls.context(); // a fault is told now, and not in Artemis' words
        port.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        port.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.2,TLSv1.3");
        port.put(TransportConstants.SSL_CONTEXT_PROP_NAME, "mailchute-" + NUMBER.incrementAndGet());
        port.put(SOURCE, tls);
    }

    /** Has the connections to these servers use it: TLS that trusts what Java trusts and the authorities of this PEM file. */
    static void client(TransportConfiguration[] servers, Path trust) throws CredentialException {
        TlsSource tls = new RenewedTls(Optional.of(trust), Optional.empty(), Clock.systemUTC());
        tls.context();
        for (TransportConfiguration server : servers) {
            server.getParams().put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
            server.getParams().put(SOURCE, tls);
        }
    }

    @Override
    public SSLContext getSSLContext(SSLContextConfig config, Map<String, Object> options) throws Exception {
        return options.get(SOURCE) instanceof TlsSource tls ? tls.context() : super.getSSLContext(config, options);
    }

    /** Before Artemis' own. */
    @Override
    public int getPriority() {
        return super.getPriority() + 1;
    }
}
