package org.mailchute.bench;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/**
 * The sink as a contender sees it.
 *
 * @param sessions how many it may keep, where it can
 * @param trust PKCS#12 store with the sink's certificate; empty for no TLS
 * @param trustPem the same as PEM
 */
record Peer(int port, int sessions, Optional<Path> trust, Optional<Path> trustPem) {
    SSLContextParameters sslParameters() {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + trust.orElseThrow());
        store.setPassword("changeit");
        store.setType("PKCS12");
        TrustManagersParameters managers = new TrustManagersParameters();
        managers.setKeyStore(store);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(managers);
        return parameters;
    }
}
