package org.mailchute.drop;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.apache.ftpserver.ssl.ClientAuth;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.jspecify.annotations.Nullable;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.TlsSource;

/** TLS 1.2 and 1.3 with the operator's certificate, which may be renewed while the server runs. */
record ServerTls(TlsSource source) implements SslConfiguration {
    @Override
    public SSLSocketFactory getSocketFactory() throws GeneralSecurityException {
        return getSSLContext().getSocketFactory();
    }

    @Override
    public SSLContext getSSLContext() throws GeneralSecurityException {
        try {
            return source.context();
        } catch (CredentialException e) {
            throw new GeneralSecurityException(e.getMessage() + "; " + e.remedy(), e);
        }
    }

    @Override
    public SSLContext getSSLContext(String protocol) throws GeneralSecurityException {
        return getSSLContext();
    }

    @Override
    public String @Nullable [] getEnabledCipherSuites() {
        return null; // Java's own choice
    }

    /** The server asks for all of them, below. */
    @Override
    public String getEnabledProtocol() {
        return "TLSv1.3";
    }

    @Override
    public String[] getEnabledProtocols() {
        return new String[] {"TLSv1.3", "TLSv1.2"};
    }

    @Override
    public ClientAuth getClientAuth() {
        return ClientAuth.NONE;
    }
}
