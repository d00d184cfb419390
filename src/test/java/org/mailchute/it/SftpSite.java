package org.mailchute.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A real SFTP server (Apache MINA) with one folder, that scans are polled from. */
final class SftpSite implements AutoCloseable {
    private static final String PASSWORD = "sftp-password";

    private final Path folder;
    private final Path secret;
    private final KeyPair hostKey;
    private final SshServer server = SshServer.setUpDefaultServer();

    private SftpSite(Path folder, Path secret, KeyPair hostKey) {
        this.folder = folder;
        this.secret = secret;
        this.hostKey = hostKey;
    }

    static SftpSite open(Path root) throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(256);
        Path secret = Files.writeString(root.resolve("sftp-password"), PASSWORD);
        SftpSite site = new SftpSite(Files.createDirectories(root.resolve("sftp")), secret, keys.generateKeyPair());
        site.listen();
        return site;
    }

    private void listen() throws IOException {
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
        server.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
        server.start();
    }

    /** The intake of that name, as YAML below {@code intake:}. */
    String intake(String name) {
        return intake(name, KeyUtils.getFingerPrint(hostKey.getPublic()));
    }

    /** One that takes the server for another. */
    String intake(String name, String fingerprint) {
        return "    - {name: %s, protocol: sftp, host: 127.0.0.1, port: %d, user: scanner, password: \"${file:%s}\", hostKey: \"%s\", folder: \"\", poll: 200ms, stableFor: 200ms, from: scanner@contoso.example, to: [anna@contoso.example], subject: \"${file}\", text: \"t\"}\n"
                .formatted(name, server.getPort(), secret, fingerprint);
    }

    void save(String name, byte[] content) throws IOException {
        Path half = Files.write(folder.resolve(name + ".tmp"), content);
        Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
