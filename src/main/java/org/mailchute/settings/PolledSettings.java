package org.mailchute.settings;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mailchute.credentials.SecretText;
import org.mailchute.polled.Listings;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/**
 * How a server that we poll is reached: FTP, FTPS (explicit or implicit) or SFTP, and how each side proves itself.
 *
 * @param charset of file names; empty lets FTP ask the server whether it speaks UTF-8, else Latin-1
 * @param listings what FTP asks for
 */
public record PolledSettings(
        String host, int port, String user, Way way, Optional<Charset> charset, Listings.Way listings) {
    /** The protocol. */
    sealed interface Way {}

    /** Without any protection. */
    public record Ftp(SecretText password) implements Way {}

    /** TLS after AUTH TLS (RFC 4217), or from the first octet. */
    public record Ftps(SecretText password, boolean implicit, Optional<Path> trust) implements Way {}

    /**
     * SSH File Transfer Protocol.
     *
     * @param password also for keyboard-interactive
     * @param key private key as text, OpenSSH or PEM
     * @param hostKeys fingerprints, {@code SHA256:...} as OpenSSH shows them
     * @param knownHosts file in OpenSSH's form, instead of fingerprints
     */
    public record Sftp(
            Optional<SecretText> password,
            Optional<SecretText> key,
            Optional<SecretText> passphrase,
            List<String> hostKeys,
            Optional<Path> knownHosts)
            implements Way {}

    /** Names are read as Latin-1 where the server does not say that they are UTF-8. */
    boolean mayBeLatin() {
        return charset.isEmpty() && !(way instanceof Sftp);
    }

    private enum Protocol {
        FTP,
        SFTP
    }

    private enum Tls {
        TRUE,
        FALSE,
        IMPLICIT
    }

    private static final Kind<String> FINGERPRINT = Kinds.text(
            "a fingerprint such as SHA256:uNiVztksCsDhcc0u9e8BrrJXVGDyy0k2GhmCQI8Pwbs (ssh-keygen -lf)",
            text -> text.matches("SHA256:[A-Za-z0-9+/]{43}=?"));
    private static final Kind<Tls> TLS = new Kind<>(
            "true, false or implicit",
            Tls.TRUE,
            Kinds.oneOf(List.of(Tls.values())).parse());
    static final Kind<Charset> CHARSET =
            new Kind<>("a character set such as UTF-8 or windows-1252", Charset.defaultCharset(), Kinds::charset);
    /** A key has many lines. */
    private static final Kind<SecretText> KEY = new Kind<>(
            "a private key by ${file:/path} or ${env:NAME}, in OpenSSH's form or PEM",
            new SecretText(""),
            true,
            PolledSettings::key);

    private static SecretText key(String text) {
        if (!text.contains("PRIVATE KEY-----")) {
            throw new IllegalArgumentException("no private key");
        }
        return new SecretText(text.endsWith("\n") ? text : text + "\n");
    }

    static PolledSettings read(Section intake) {
        Protocol protocol = intake.value("protocol", Kinds.oneOf(List.of(Protocol.values())), Protocol.FTP);
        String host = intake.required("host", Hosts.HOST);
        String user = intake.required("user", Kinds.WORD);
        Way way = protocol == Protocol.SFTP ? sftp(intake) : ftp(intake, host);
        return new PolledSettings(
                host,
                intake.value("port", Kinds.PORT, standardPort(way)),
                user,
                way,
                intake.optional("charset", CHARSET),
                intake.value("listing", Kinds.oneOf(List.of(Listings.Way.values())), Listings.Way.AUTO));
    }

    private static int standardPort(Way way) {
        if (way instanceof Sftp) {
            return 22;
        }
        return way instanceof Ftps tls && tls.implicit() ? 990 : 21;
    }

    private static Way ftp(Section intake, String host) {
        for (String key : List.of("privateKey", "passphrase", "hostKey", "knownHosts")) {
            refuse(intake, key, "protocol: sftp, or none of it");
        }
        Tls tls = intake.value("tls", TLS, Tls.TRUE);
        SecretText password = intake.required("password", Kinds.SECRET);
        Optional<Path> trust = intake.optional("trust", intake.path());
        if (tls == Tls.FALSE) {
            if (!Hosts.loopback(host)) {
                intake.warning("tls", "false", "true: without it anyone on the way reads password and scans");
            }
            return new Ftp(password);
        }
        return new Ftps(password, tls == Tls.IMPLICIT, trust);
    }

    private static Way sftp(Section intake) {
        for (String key : List.of("tls", "trust")) {
            refuse(intake, key, "hostKey or knownHosts: SFTP knows no certificates");
        }
        refuse(intake, "listing", "none: SFTP has one form");
        Optional<SecretText> key = intake.optional("privateKey", KEY);
        if (key.isEmpty() && !intake.has("privateKey")) {
            intake.required("password", Kinds.SECRET);
        }
        Optional<Path> knownHosts = intake.optional("knownHosts", intake.path());
        knownHosts
                .filter(file -> !Files.isReadable(file))
                .ifPresent(file -> intake.warning(
                        "knownHosts", '"' + file.toString() + '"', "a file that can be read, in OpenSSH's form"));
        List<String> hostKeys = intake.list("hostKey", FINGERPRINT);
        if (hostKeys.isEmpty() && knownHosts.isEmpty() && !intake.has("hostKey") && !intake.has("knownHosts")) {
            intake.warning(
                    "hostKey", "nothing", "the server's fingerprint: without it nothing is fetched; the log shows it");
        }
        return new Sftp(
                intake.has("privateKey") && !intake.has("password")
                        ? Optional.empty()
                        : intake.optional("password", Kinds.SECRET),
                key,
                intake.optional("passphrase", Kinds.SECRET),
                hostKeys,
                knownHosts);
    }

    private static void refuse(Section intake, String key, String expected) {
        if (intake.has(key)) {
            intake.fault(key, "a key that does not fit the protocol", expected); // it may be a secret
        }
    }
}
