package org.mailchute.intakes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.SecretText;
import org.mailchute.credentials.TlsContexts;
import org.mailchute.polled.BoundedFtp;
import org.mailchute.polled.PolledServer;
import org.mailchute.polled.ResumingFtps;
import org.mailchute.settings.IntakePlan;
import org.mailchute.settings.PolledSettings;

/** One polled server's route. */
final class FtpAddress {
    private final CamelContext context;
    private final IntakePlan.Ftp intake;
    private final PolledSettings server;
    private final PolledServer polled;

    private FtpAddress(CamelContext context, IntakePlan.Ftp intake, PolledServer polled) {
        this.context = context;
        this.intake = intake;
        this.server = intake.server();
        this.polled = polled;
    }

    /** Tells the route where its server is, and adds it. @param claims what is fetched lies below, before it is claimed */
    static void add(
            TemplatedRouteBuilder route, CamelContext context, IntakePlan.Ftp intake, PolledServer polled, Path claims)
            throws CredentialException, IOException {
        Path work = claims.resolve("downloading");
        clear(work);
        new FtpAddress(context, intake, polled).add(route, work);
    }

    /** A crash came while these were fetched: the server has them still. */
    private static void clear(Path work) throws IOException {
        if (Files.isDirectory(work)) {
            try (DirectoryStream<Path> halves = Files.newDirectoryStream(work, Files::isRegularFile)) {
                for (Path half : halves) {
                    Files.delete(half);
                }
            }
        }
    }

    private void add(TemplatedRouteBuilder route, Path work) throws CredentialException {
        route.parameter("address", address())
                .parameter("user", "RAW(" + server.user() + ")")
                .parameter("secret", "RAW(" + password().map(SecretText::reveal).orElse("") + ")")
                .parameter("poll", intake.poll().toMillis())
                .parameter("work", work)
                .add();
    }

    private Optional<SecretText> password() {
        if (server.way() instanceof PolledSettings.Ftp ftp) {
            return Optional.of(ftp.password());
        }
        return server.way() instanceof PolledSettings.Ftps ftps
                ? Optional.of(ftps.password())
                : ((PolledSettings.Sftp) server.way()).password();
    }

    private String address() throws CredentialException {
        String place = ":" + server.host() + ":" + server.port() + "/" + intake.folder() + "?";
        if (server.way() instanceof PolledSettings.Sftp sftp) {
            return sftp(sftp) + place + sftpOptions(sftp);
        }
        return ftp() + place + names() + "&maximumReconnectAttempts=0";
    }

    /** UTF-8 where the server says so (RFC 2640); else as set, or Latin-1. */
    private String names() {
        return server.charset()
                .map(charset -> "ftpClient.controlEncoding=" + charset.name())
                .orElse("ftpClient.autodetectUTF8=true");
    }

    /** As for SFTP, one component for each server. */
    private String ftp() throws CredentialException {
        FtpServer.Client client = BoundedFtp::new;
        if (server.way() instanceof PolledSettings.Ftps ftps) {
            SSLContext tls = TlsContexts.resuming(ftps.trust());
            client = () -> new ResumingFtps(ftps.implicit(), tls);
        }
        context.addComponent(bean("ftp"), new FtpServer(context, polled, client, server.listings()));
        return bean("ftp");
    }

    /** The scheme is the component, of which there is one for each server, since it knows that server's host keys. */
    private String sftp(PolledSettings.Sftp sftp) {
        context.addComponent(bean("sftp"), new SftpServer(context, polled, sftp.hostKeys()));
        return bean("sftp");
    }

    /** One attempt to log in at each poll: more would lock the account sooner. */
    private String sftpOptions(PolledSettings.Sftp sftp) {
        StringBuilder options = new StringBuilder("strictHostKeyChecking=yes&useUserKnownHostsFile=false")
                .append("&jschLoggingLevel=OFF&maximumReconnectAttempts=0&connectTimeout=20000&soTimeout=60000");
        options.append("&preferredAuthentications=").append(proofs(sftp));
        server.charset()
                .ifPresent(charset -> options.append("&filenameEncoding=").append(charset.name()));
        sftp.knownHosts()
                .ifPresent(file ->
                        options.append("&knownHostsFile=RAW(").append(file).append(')'));
        sftp.key().ifPresent(key -> {
            context.getRegistry().bind(bean("key"), key.reveal().getBytes(StandardCharsets.UTF_8));
            options.append("&privateKey=#").append(bean("key"));
        });
        sftp.passphrase()
                .ifPresent(phrase -> options.append("&privateKeyPassphrase=RAW(")
                        .append(phrase.reveal())
                        .append(')'));
        return options.toString();
    }

    private static String proofs(PolledSettings.Sftp sftp) {
        String password = sftp.password().isPresent() ? "password,keyboard-interactive" : "";
        String key = sftp.key().isPresent() ? "publickey" : "";
        return key.isEmpty() || password.isEmpty() ? key + password : key + "," + password;
    }

    private String bean(String kind) {
        return kind + "-" + intake.name();
    }
}
