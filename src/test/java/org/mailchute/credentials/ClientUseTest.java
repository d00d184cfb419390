package org.mailchute.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.Certificates;

class ClientUseTest {
    @TempDir
    Path folder;

    private Optional<String> advice(UnaryOperator<CertificateBuilder> uses, boolean isPublic) throws Exception {
        X509Bundle own = new Certificates().issue(Instant.now(), uses);
        Path chain = Files.writeString(folder.resolve("own.pem"), own.getCertificatePEM());
        Path key = Files.writeString(folder.resolve("own.key"), own.getPrivateKeyPEM());
        Set<X509Certificate> authorities = isPublic ? Set.of(own.getRootCertificate()) : Set.of();
        return ClientUse.advice(ClientCertificate.read(chain, key, Clock.systemUTC()), authorities)
                .map(ClientUse.Advice::what);
    }

    @Test
    void oneForServersAloneMayNotProveAClient() throws Exception {
        assertThat(advice(CertificateBuilder::addExtendedKeyUsageServerAuth, false))
                .hasValueSatisfying(what -> assertThat(what).startsWith("does not say that it may prove a client"));
    }

    @Test
    void oneOfAPublicAuthorityWillBeRenewedWithoutTheUsage() throws Exception {
        UnaryOperator<CertificateBuilder> both =
                builder -> builder.addExtendedKeyUsageServerAuth().addExtendedKeyUsageClientAuth();
        assertThat(advice(both, true))
                .hasValueSatisfying(what -> assertThat(what).startsWith("will be renewed without"));
        assertThat(advice(both, false)).isEmpty();
    }

    @Test
    void oneThatNamesNoUsageMayBeUsedForAll() throws Exception {
        assertThat(advice(builder -> builder, true)).isEmpty();
    }
}
