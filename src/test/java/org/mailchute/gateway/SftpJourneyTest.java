package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import com.jcraft.jsch.JSch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.settings.FaultySettings;
import org.mailchute.settings.SettingsReader;
import org.mailchute.steps.PollTrouble;
import org.mailchute.steps.SafeNames;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;
import org.mailchute.watch.WaitingFiles;

/** From a real SFTP server to mail received. */
class SftpJourneyTest {
    private static final String PASSWORD = "sftp-password";

    @RegisterExtension
    final Town town = new Town();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path drop;

    @SuppressWarnings("NullAway.Init") // set before each test
    private SshServer server;

    @SuppressWarnings("NullAway.Init") // set before each test
    private KeyPair hostKey;

    private final KeyPair ours = pair();
    private final AtomicInteger logins = new AtomicInteger();

    /**
     * The jar that ships has no BouncyCastle, so JSch leaves out the key exchanges that need it. With what tests have on their class
     * path it would try each of them whenever it connects: sntrup761 takes the better part of a second.
     */
    @BeforeAll
    static void keyExchangesAsShipped() {
        for (String list : List.of("kex", "CheckKexes")) {
            JSch.setConfig(
                    list,
                    Stream.of(JSch.getConfig(list).split(","))
                            .filter(name -> !name.matches("(mlkem|sntrup).*"))
                            .collect(Collectors.joining(",")));
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void open() throws Exception {
        drop = town.folder("sftp");
        hostKey = pair();
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(drop));
        server.setPasswordAuthenticator((user, password, session) -> {
            logins.incrementAndGet();
            return user.equals("scanner") && password.equals(PASSWORD);
        });
        server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, ours.getPublic()));
        server.start();
    }

    @AfterEach
    void close() throws Exception {
        town.stop();
        server.stop(true);
    }

    private static String fingerprint(PublicKey key) {
        return KeyUtils.getFingerPrint(key);
    }

    private void start(String keys) throws Exception {
        town.withIntake(intake(keys)).start();
    }

    private String intake(String keys) {
        return "  ftp:\n    - {name: plant, protocol: sftp, host: 127.0.0.1, port: %d, user: scanner, folder: \"\", %s, poll: 100ms, stableFor: 0s, from: scanner@contoso.example, to: [quality@partner.example], subject: \"${file}\", text: \"t\"}"
                .formatted(server.getPort(), keys);
    }

    private String password(String password) throws Exception {
        Path secret = Files.writeString(town.folder("secrets").resolve("sftp"), password);
        return "password: \"${file:" + secret + "}\"";
    }

    private String known() {
        return ", hostKey: \"" + fingerprint(hostKey.getPublic()) + '"';
    }

    private void scanArrives(String name) throws Exception {
        Files.writeString(drop.resolve(name), name);
        town.awaitReceived(1);
        await("deleted").until(() -> FilesIn.folder(drop).isEmpty());
        town.awaitEmptySpool();
        assertThat(town.received()).hasSize(1);
    }

    @Test
    void aScanIsFetchedFromAServerKnownByItsFingerprint() throws Exception {
        start(password(PASSWORD) + known());
        scanArrives("scan one.bin");
    }

    @Test
    @DisplayName("P7: a scan whose end is missing stays on an SFTP server too, and is sent when it is whole")
    void halfAScanStaysOnItsServerUntilItIsWhole() throws Exception {
        Files.writeString(drop.resolve("scan.pdf"), "%PDF-1.4\n1 0 obj");
        try (LogLines log = LogLines.of(WaitingFiles.class.getName())) {
            start(password(PASSWORD) + known());
            await("it is told").until(() -> !log.lines().isEmpty());
            assertThat(log.lines()).singleElement(as(STRING)).contains("\"scan.pdf\" is not taken from 127.0.0.1:");
        }
        assertThat(town.received()).isEmpty();
        assertThat(drop.resolve("scan.pdf")).exists();
        Files.writeString(drop.resolve("scan.pdf"), "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n");
        town.awaitReceived(1);
        await("deleted").until(() -> !Files.exists(drop.resolve("scan.pdf")));
        assertThat(town.received()).hasSize(1);
    }

    @Test
    void aPrivateKeyProvesWhoWeAre() throws Exception {
        Path file = town.folder("secrets").resolve("id");
        OpenSSHKeyEncryptionContext locked = new OpenSSHKeyEncryptionContext();
        locked.setPassword("open sesame");
        locked.setCipherType("256");
        locked.setKdfRounds(1); // each costs a reader more than a login does
        try (OutputStream out = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(ours, "test", locked, out);
        }
        Path phrase = Files.writeString(town.folder("secrets").resolve("phrase"), "open sesame");
        start("privateKey: \"${file:" + file + "}\", passphrase: \"${file:" + phrase + "}\"" + known());
        scanArrives("scan.bin");
        assertThat(logins.get()).isZero();
    }

    @Test
    void aKnownHostsFileOfOpenSshWillDo() throws Exception {
        Path hosts = Files.writeString(
                town.folder("secrets").resolve("known_hosts"),
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(hostKey.getPublic()) + "\n");
        start(password(PASSWORD) + ", knownHosts: \"" + hosts + '"');
        scanArrives("scan.bin");
    }

    @Test
    @DisplayName("P9: an SFTP server with another host key gets no password")
    void anotherHostKeyIsRefused() throws Exception {
        refused(
                password(PASSWORD) + ", hostKey: \"" + fingerprint(pair().getPublic()) + '"',
                "the server's host key is " + fingerprint(hostKey.getPublic()) + ", which the settings do not know");
    }

    @Test
    @DisplayName("P9: an SFTP server that is in no known_hosts file gets no password")
    void aServerInNoKnownHostsFileIsRefused() throws Exception {
        Path hosts = Files.writeString(town.folder("secrets").resolve("known_hosts"), "\n");
        refused(
                password(PASSWORD) + ", knownHosts: \"" + hosts + '"',
                "the server's host key is " + fingerprint(hostKey.getPublic()));
    }

    @Test
    void theFingerprintThatTheLogShowsIsTheOneToEnter() throws Exception {
        String line = refused(password(PASSWORD), "enter hostKey: SHA256:");
        Matcher shown = Pattern.compile("hostKey: (SHA256:\\S{43})").matcher(line);
        assertThat(shown.find()).isTrue();
        assertThat(shown.group(1)).isEqualTo(fingerprint(hostKey.getPublic()));
    }

    private String refused(String keys, String cause) throws Exception {
        Files.writeString(drop.resolve("report.bin"), "stays");
        AtomicInteger sessions = new AtomicInteger();
        server.addSessionListener(new org.apache.sshd.common.session.SessionListener() {
            @Override
            public void sessionCreated(org.apache.sshd.common.session.Session session) {
                sessions.incrementAndGet();
            }
        });
        try (LogLines log = LogLines.of(PollTrouble.class.getName())) {
            start(keys);
            await("three refusals").until(() -> sessions.get() > 3);
            assertThat(log.lines())
                    .singleElement(as(STRING))
                    .startsWith("WARN intake plant cannot be polled")
                    .contains(cause)
                    .doesNotContain(PASSWORD);
            assertThat(logins.get()).isZero();
            assertThat(FilesIn.folder(drop)).hasSize(1);
            assertThat(town.ready()).startsWith("503");
            return log.lines().get(0);
        }
    }

    @Test
    void aWrongPasswordIsSaidOnceAndTriedOnceAtEachPoll() throws Exception {
        try (LogLines log = LogLines.of(PollTrouble.class.getName())) {
            start(password("wrong one") + known());
            await("three refusals").until(() -> logins.get() > 2 && !log.lines().isEmpty());
            assertThat(log.lines())
                    .singleElement(as(STRING))
                    .startsWith("WARN intake plant cannot be polled")
                    .contains("Auth fail")
                    .doesNotContain("wrong one");
        }
    }

    @Test
    @DisplayName(
            "P3: a file that cannot be deleted on its server is sent once and told of, one that cannot be read is told of")
    void whatCannotBeDeletedOrReadThereIsToldOfOnce() throws Exception {
        AtomicInteger deletions = new AtomicInteger();
        serveWith(new Behaviour() {
            @Override
            public void removeFile(SftpSubsystemProxy subsystem, Path path, boolean isDirectory) throws IOException {
                deletions.incrementAndGet();
                throw new AccessDeniedException(path.toString());
            }

            @Override
            public Path given(Path file) throws IOException {
                if (file.getFileName().toString().equals("unread.bin")) {
                    throw new AccessDeniedException(file.toString());
                }
                return file;
            }
        });
        Files.writeString(drop.resolve("stays.bin"), "stays");
        Files.writeString(drop.resolve("unread.bin"), "unread");
        try (LogLines log = LogLines.ofIntakes()) {
            start(password(PASSWORD) + known());
            await("both told").until(() -> warnings(log).size() == 2);
            Files.writeString(drop.resolve("next.bin"), "next");
            await("the next told").until(() -> warnings(log).size() == 3);
            town.awaitReceived(2);
            town.awaitEmptySpool();
            assertThat(warnings(log))
                    .anyMatch(line -> line.contains("\"stays.bin\" was sent but cannot be deleted on 127.0.0.1:"))
                    .anyMatch(line -> line.contains("\"unread.bin\" cannot be fetched from 127.0.0.1:"))
                    .allMatch(line -> line.contains("(3 Permission denied"));
            assertThat(deletions.get()).isEqualTo(2);
            assertThat(town.received()).hasSize(2);
        }
    }

    @Test
    @DisplayName(
            "P9: whatever names a hostile server lists, nothing of them is fetched, and nothing comes to be elsewhere")
    void aHostileServersNamesEscapeNowhere() throws Exception {
        List<String> hostile = new ArrayList<>(PolledTown.NAMES_THAT_LEAD_ELSEWHERE);
        hostile.addAll(List.of("nul\0escaped.bin", "line\nescaped.bin", "esc\u001bescaped.bin"));
        List<String> opened = new CopyOnWriteArrayList<>();
        server.setSubsystemFactories(List.of(new Renaming(hostile, opened)));
        for (int number = 0; number < hostile.size(); number++) {
            Files.writeString(drop.resolve(String.valueOf(number)), "hostile");
        }
        Files.writeString(drop.resolve("good.bin"), "good");
        try (LogLines log = LogLines.of(SafeNames.class.getName())) {
            start(password(PASSWORD) + known());
            town.awaitReceived(1);
            Files.writeString(drop.resolve("next.bin"), "next");
            town.awaitReceived(2);
            town.awaitEmptySpool();
            // Camel passes by names that begin with a dot, saying nothing
            long said = hostile.stream().filter(name -> !name.startsWith(".")).count();
            assertThat(log.lines())
                    .hasSize(Math.toIntExact(said))
                    .allMatch(line ->
                            line.contains("leads out of its folder") || line.contains("has a control character"));
        }
        assertThat(opened).containsExactly("good.bin", "next.bin");
        assertThat(town.received()).hasSize(2);
        assertThat(FilesIn.folder(town.root()))
                .noneMatch(file -> file.getFileName().toString().contains("escaped"));
    }

    /** Lists files whose names are numbers under other names. */
    private static final class Renaming extends SftpSubsystemFactory {
        private final List<String> names;

        Renaming(List<String> names, List<String> opened) {
            this.names = names;
            setFileSystemAccessor(new Behaviour() {
                @Override
                public Path given(Path file) throws IOException {
                    opened.add(file.getFileName().toString());
                    return file;
                }
            });
        }

        @Override
        public Command createSubsystem(ChannelSession channel) {
            return new SftpSubsystem(channel, this) {
                @Override
                protected String getShortName(Path file) throws IOException {
                    String name = super.getShortName(file);
                    return name.matches("\\d+") ? names.get(Integer.parseInt(name)) : name;
                }
            };
        }
    }

    /** What a server does otherwise. */
    private interface Behaviour extends SftpFileSystemAccessor {
        /** The file whose content is given for one that is asked for. */
        default Path given(Path file) throws IOException {
            return file;
        }

        @Override
        default SeekableByteChannel openFile(
                SftpSubsystemProxy subsystem,
                FileHandle handle,
                Path file,
                String name,
                Set<? extends OpenOption> options,
                FileAttribute<?>... attributes)
                throws IOException {
            return SftpFileSystemAccessor.super.openFile(subsystem, handle, given(file), name, options, attributes);
        }
    }

    /** What the server does besides. */
    private void serveWith(SftpFileSystemAccessor behaviour) {
        SftpSubsystemFactory factory = new SftpSubsystemFactory();
        factory.setFileSystemAccessor(behaviour);
        server.setSubsystemFactories(List.of(factory));
    }

    @Test
    @DisplayName("P8: of an answer larger than its listing nothing beyond that is fetched, and it is told of once")
    void anAnswerLargerThanItsListingIsCutThere() throws Exception {
        Path large = Files.write(town.folder("elsewhere").resolve("large.bin"), new byte[40 << 20]);
        AtomicInteger opened = new AtomicInteger();
        serveWith(new Behaviour() {
            @Override
            public Path given(Path file) throws IOException {
                boolean endless = file.getFileName().toString().equals("endless.bin");
                opened.addAndGet(endless ? 1 : 0);
                return endless ? large : file;
            }
        });
        Files.writeString(drop.resolve("endless.bin"), "ten octets");
        Files.writeString(drop.resolve("next.bin"), "next");
        try (LogLines log = LogLines.ofIntakes()) {
            start(password(PASSWORD) + known());
            town.awaitReceived(1);
            await("told").until(() -> !warnings(log).isEmpty());
            Files.writeString(drop.resolve("another.bin"), "another");
            town.awaitReceived(2);
            assertThat(warnings(log))
                    .singleElement(as(STRING))
                    .contains("\"endless.bin\" is not taken from 127.0.0.1:", "goes on after the 10 octets");
        }
        assertThat(opened.get()).isEqualTo(1);
        assertThat(logins.get()).isEqualTo(1);
        assertThat(FilesIn.folder(town.home().resolve("incoming/plant/downloading")))
                .isEmpty();
        assertThat(drop.resolve("endless.bin")).exists();
    }

    @Test
    void aListingWithoutEndIsLeftAndTold() throws Exception {
        Path named = Files.writeString(drop.resolve("n.bin"), "scan");
        serveWith(new Behaviour() {
            @Override
            public DirectoryStream<Path> openDirectory(
                    SftpSubsystemProxy subsystem,
                    DirectoryHandle handle,
                    Path folder,
                    String name,
                    LinkOption... options) {
                return new DirectoryStream<>() {
                    @Override
                    public Iterator<Path> iterator() {
                        return Stream.generate(() -> named).iterator();
                    }

                    @Override
                    public void close() {
                        // nothing is open
                    }
                };
            }
        });
        try (LogLines log = LogLines.of(PollTrouble.class.getName())) {
            String once = intake(password(PASSWORD) + known()).replace("poll: 100ms", "poll: 1h");
            town.withIntake(once).start();
            await("told").until(() -> !log.lines().isEmpty());
            assertThat(log.lines().get(0)).contains("cannot be polled", "its listing is longer than 50000 lines");
        }
        assertThat(town.received()).isEmpty();
    }

    @Test
    void aSymbolicLinkInAListingIsSkippedAndToldOfOnce() throws Exception {
        Path linked = Files.writeString(town.folder("elsewhere").resolve("linked.bin"), "somewhere else");
        Files.createSymbolicLink(drop.resolve("link.bin"), linked);
        Files.writeString(drop.resolve("scan.bin"), "scan");
        try (LogLines log = LogLines.ofIntakes()) {
            start(password(PASSWORD) + known());
            town.awaitReceived(1);
            Files.writeString(drop.resolve("next.bin"), "next");
            town.awaitReceived(2);
            assertThat(warnings(log)).singleElement(as(STRING)).contains("lists \"link.bin\", a symbolic link");
        }
        assertThat(drop.resolve("link.bin")).exists();
    }

    @Test
    @DisplayName("P3: a file whose name is a pattern takes no other away")
    void aFileWhoseNameIsAPatternTakesNoOtherAway() throws Exception {
        Files.writeString(drop.resolve("a*.bin"), "pattern");
        for (String name : List.of("ab.bin", "a?.bin", "ac.bin")) {
            Files.writeString(drop.resolve(name), name);
        }
        start(password(PASSWORD) + known());
        town.awaitReceived(4);
        await("deleted").until(() -> FilesIn.folder(drop).isEmpty());
        town.awaitEmptySpool();
        assertThat(town.received()).hasSize(4);
    }

    @Test
    void aServerKnownByOneOfItsKeysIsAskedForThat() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPair other = rsa.generateKeyPair();
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey, other));
        start(password(PASSWORD) + ", hostKey: \"" + fingerprint(other.getPublic()) + '"');
        scanArrives("scan.bin");
    }

    @Test
    void aFolderThatIsNotThereIsToldOfAndNotMade() throws Exception {
        try (LogLines log = LogLines.of(PollTrouble.class.getName())) {
            town.withIntake(intake(password(PASSWORD) + known()).replace("folder: \"\"", "folder: scans/new"))
                    .start();
            await("told").until(() -> !log.lines().isEmpty());
            assertThat(log.lines().get(0)).contains("cannot be polled", "scans/new", "No such file");
            assertThat(drop.resolve("scans")).doesNotExist();
            Files.createDirectories(drop.resolve("scans/new"));
            Files.writeString(drop.resolve("scans/new/scan.bin"), "scan");
            town.awaitReceived(1);
        }
    }

    private static List<String> warnings(LogLines log) {
        return log.lines().stream().filter(line -> line.startsWith("WARN")).toList();
    }

    @Test
    void whatDoesNotFitTheProtocolIsAFault() throws Exception {
        Path settings = town.withIntake(intake(password(PASSWORD) + ", tls: implicit, trust: x, hostKey: \"MD5:1\""))
                .settings();
        try {
            SettingsReader.read(settings, Map.of());
            throw new AssertionError("no fault");
        } catch (FaultySettings e) {
            assertThat(e.getMessage())
                    .contains("intake.ftp[plant].tls: found a key that does not fit the protocol")
                    .contains("intake.ftp[plant].trust: found a key that does not fit the protocol")
                    .contains("intake.ftp[plant].hostKey: found \"MD5:1\", expected a fingerprint such as SHA256:");
        }
    }
}
