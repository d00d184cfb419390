package org.mailchute.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A TLS context of files that are read again when they have changed, so that a renewed certificate is picked up by the next
 * session. Nothing is read before the first one: what is wrong then stops a lane, not the gateway.
 */
public final class RenewedTls implements TlsSource {
    private record Stamp(Path file, FileTime changed, long size) {}

    private record Made(List<Stamp> of, SSLContext context, Instant until) {}

    private final Optional<Path> trust;
    private final Optional<CertificateFiles> own;
    private final Clock clock;
    private final boolean serving;
    private @Nullable Made made;

    /**
     * @param trust PEM file of authorities to trust as well as Java's
     * @param own for a connector that knows us by certificate
     * @param clock our certificate must be valid at its time
     */
    public RenewedTls(Optional<Path> trust, Optional<CertificateFiles> own, Clock clock) {
        this(trust, own, clock, false);
    }

    private RenewedTls(Optional<Path> trust, Optional<CertificateFiles> own, Clock clock, boolean serving) {
        this.trust = trust;
        this.own = own;
        this.clock = clock;
        this.serving = serving;
    }

    /** For a server of ours, which shows this certificate and asks for none. */
    public static RenewedTls serving(CertificateFiles own, Clock clock) {
        return new RenewedTls(Optional.empty(), Optional.of(own), clock, true);
    }

    @Override
    public synchronized SSLContext context() throws CredentialException {
        List<Stamp> now = files().map(RenewedTls::stamp).toList();
        Made last = made;
        if (last == null || !last.of().equals(now) || !clock.instant().isBefore(last.until())) {
            last = make(now);
            made = last;
        }
        return last.context();
    }

    private Made make(List<Stamp> now) throws CredentialException {
        Optional<ClientCertificate> read =
                own.isPresent() ? Optional.of(own.get().read(clock)) : Optional.empty();
        return new Made(
                now,
                serving ? TlsContexts.serving(read.orElseThrow()) : TlsContexts.of(trust, read),
                read.map(ClientCertificate::expires).orElse(Instant.MAX));
    }

    private Stream<Path> files() {
        return Stream.concat(trust.stream(), own.map(CertificateFiles::files).orElse(Stream.of()));
    }

    /** A file that cannot be looked at counts as changed to nothing: reading it says why. */
    private static Stamp stamp(Path file) {
        try {
            return new Stamp(file, Files.getLastModifiedTime(file), Files.size(file));
        } catch (IOException e) {
            return new Stamp(file, Objects.requireNonNull(FileTime.fromMillis(0)), -1);
        }
    }
}
