package org.mailchute.smtp;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.credentials.SecretText;
import org.mailchute.credentials.TlsContexts;
import org.mailchute.smtp.SmtpPeer.Proof;
import org.mailchute.testing.Certificates;

/** For tests of how a session begins: certificates made for each, and who logs in. */
abstract class OverTls {
    static final String OK = "ann@contoso.com END_OF_DATA 250 2.0.0 queued";
    static final Proof NOBODY = new Proof.Anonymous();
    static final Proof OAUTH = new Proof.OAuth("scanner@contoso.com", () -> new SecretText("tok.en"));

    @TempDir
    Path folder;

    /** What a server has seen. */
    final List<String> seen = new CopyOnWriteArrayList<>();

    Certificates certificates;
    SSLContext ours;
    SSLContext theirs;

    @BeforeEach
    void issue() throws Exception {
        certificates = new Certificates();
        theirs = certificates.serving(certificates.server("localhost", "127.0.0.1"));
        ours = TlsContexts.of(Optional.of(certificates.trustFile(folder)), Optional.empty());
    }
}
