package org.mailchute.boot;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.TlsContexts;

/** One FTP drop's route. */
final class FtpAddress {
    private FtpAddress() {}

    static void add(CamelContext context, Settings.FtpIntake ftp, Path home) throws CredentialException {
        Path work = home.resolve("incoming").resolve(ftp.name()).resolve("downloading");
        if (ftp.tls()) {
            context.getRegistry().bind(tls(ftp), new Trusting(TlsContexts.of(ftp.trust(), Optional.empty())));
        }
        TemplatedRouteBuilder.builder(context, "intake-ftp")
                .routeId("intake-" + ftp.name())
                .parameter("intake", ftp.name())
                .parameter("address", address(ftp))
                .parameter("user", "RAW(" + ftp.user() + ")")
                .parameter("secret", "RAW(" + ftp.password().reveal() + ")")
                .parameter("poll", ftp.poll().toMillis())
                .parameter("work", work)
                .add();
    }

    private static String tls(Settings.FtpIntake ftp) {
        return "tls-" + ftp.name();
    }

    /** FTPS as camel-ftp has it by default checks neither whom the server's certificate is from nor whom it names. */
    private static String address(Settings.FtpIntake ftp) {
        String place = ftp.host() + ":" + ftp.port() + "/" + ftp.folder();
        return ftp.tls()
                ? "ftps:" + place + "?sslContextParameters=#" + tls(ftp) + "&ftpClient.endpointCheckingEnabled=true"
                : "ftp:" + place;
    }

    /** Hands camel-ftp the trust that every other TLS session of the gateway has. */
    private static final class Trusting extends SSLContextParameters {
        private final SSLContext trust;

        Trusting(SSLContext trust) {
            this.trust = trust;
        }

        @Override
        public SSLContext createSSLContext(CamelContext camelContext) throws GeneralSecurityException {
            return trust;
        }
    }
}
