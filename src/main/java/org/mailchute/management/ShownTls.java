package org.mailchute.management;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.RenewedTls;
import org.mailchute.credentials.TlsSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that the port shows, read again when it has changed, and a copy in home by which the commands know the gateway: they ask it
 * at an address, for which no certificate need be. While a new one cannot be used the last one is shown; without any nobody is answered, and mail goes on.
 */
final class ShownTls implements TlsSource {
    private static final Logger LOG = LoggerFactory.getLogger(ShownTls.class);

    private final CertificateFiles files;
    private final Path copy;
    private final Clock clock;
    private final TlsSource renewed;
    private @Nullable SSLContext shown;
    private String told = "";

    ShownTls(CertificateFiles files, Path home, Clock clock) {
        this.files = files;
        this.copy = ManagementToken.certificate(home);
        this.clock = clock;
        this.renewed = RenewedTls.serving(files, clock);
    }

    @Override
    public synchronized SSLContext context() throws CredentialException {
        SSLContext last = shown;
        try {
            SSLContext now = renewed.context();
            return now == last ? now : show(now);
        } catch (CredentialException e) {
            tell(e, last == null ? "nobody is answered" : "the last one is shown");
            if (last == null) {
                throw e;
            }
            return last;
        }
    }

    /** Has the copy made, or it told that none can be. */
    void look() {
        try {
            context();
        } catch (CredentialException e) {
            LOG.debug("management: told already", e);
        }
    }

    private SSLContext show(SSLContext now) throws CredentialException {
        try {
            Path fresh = copy.resolveSibling(copy.getFileName() + ".new");
            Files.writeString(fresh, files.read(clock).pem());
            Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("management: {} cannot be written: until it can, commands do not reach the gateway", copy, e);
        }
        shown = now;
        told = "";
        return now;
    }

    /** Once for each fault, not for each connection. */
    private void tell(CredentialException e, String meanwhile) {
        String fault = e.getMessage() + "; " + e.remedy();
        if (!fault.equals(told)) {
            told = fault;
            LOG.warn("management.certificate cannot be used, and until it can {}: {}", meanwhile, fault);
        }
    }
}
