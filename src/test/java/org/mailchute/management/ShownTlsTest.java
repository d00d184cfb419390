package org.mailchute.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;

class ShownTlsTest {
    @TempDir
    Path folder;

    private final MovableClock clock =
            new MovableClock(java.time.Clock.systemUTC().instant());
    private long written;

    private void write(String chain, String key) throws Exception {
        written++;
        for (Path file : new Path[] {
            Files.writeString(folder.resolve("chain.pem"), chain), Files.writeString(folder.resolve("key.pem"), key)
        }) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(written * 1000));
        }
    }

    @Test
    void aRenewedCertificateIsShownAndKnownToTheCommandsAndOneThatCannotBeUsedIsNot() throws Exception {
        Certificates authority = new Certificates();
        X509Bundle first = authority.server("gateway.contoso.com");
        X509Bundle second = authority.server("gateway.contoso.com");
        write(first.getCertificatePathPEM(), first.getPrivateKeyPEM());
        ShownTls tls = new ShownTls(
                new CertificateFiles.Pem(folder.resolve("chain.pem"), folder.resolve("key.pem")), folder, clock);
        SSLContext shown = tls.context();
        Path known = ManagementToken.certificate(folder);
        assertThat(known).content().isEqualToIgnoringNewLines(first.getCertificatePEM());
        try (LogLines log = LogLines.of(ShownTls.class.getName())) {
            write(second.getCertificatePathPEM(), first.getPrivateKeyPEM());
            assertThat(tls.context()).isSameAs(shown);
            assertThat(tls.context()).isSameAs(shown);
            assertThat(log.lines()).hasSize(1).first().asString().contains("the last one is shown", "does not match");
        }
        write(second.getCertificatePathPEM(), second.getPrivateKeyPEM());
        assertThat(tls.context()).isNotSameAs(shown);
        assertThat(known).content().isEqualToIgnoringNewLines(second.getCertificatePEM());
    }

    @Test
    void withoutAnyThatCanBeUsedNobodyIsAnsweredAndItIsToldOnce() throws Exception {
        ShownTls tls = new ShownTls(
                new CertificateFiles.Pem(folder.resolve("chain.pem"), folder.resolve("key.pem")), folder, clock);
        try (LogLines log = LogLines.of(ShownTls.class.getName());
                HttpPages pages = new HttpPages(ConnectionLimits.STANDARD, clock)) {
            tls.look();
            InetSocketAddress address =
                    pages.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.of(tls));
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(log.lines()).hasSize(1).first().asString().contains("nobody is answered", "chain.pem");
        }
    }
}
