package org.mailchute.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.io.CopyStreamException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.credentials.SecretText;
import org.mailchute.door.Tls;
import org.mailchute.testing.Hearing;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;
import org.mailchute.testing.Patience;
import org.mailchute.watch.IgnoredNames;

/** A real FTP client at the server that devices save scans to. */
class DropServerTest {
    private static final String PASSWORD = "device-password";
    private static final int QUOTA = 3 << 20;
    private static final Duration GUESS = Duration.ofMillis(200);

    private final MovableClock clock = new MovableClock();

    @TempDir
    Path root;

    @SuppressWarnings("NullAway.Init") // set before each test
    private DropServer server;

    @SuppressWarnings("NullAway.Init") // set before each test
    private FTPClient device;

    @BeforeEach
    void open() throws Exception {
        server = DropServer.start(
                plan("0", 10, GUESS),
                List.of(login("copier", false, 100), login("plotter", true, 3), login("gerät", false, 3)),
                clock);
        device = connected("copier", PASSWORD);
    }

    @AfterEach
    void close() throws Exception {
        if (device.isConnected()) {
            device.disconnect();
        }
        server.close();
    }

    private DropLogin login(String name, boolean subfolders, int files) throws IOException {
        DropFolder folder = DropFolder.open(
                root.resolve(name), subfolders, new Quota(QUOTA, files), IgnoredNames::ignored, () -> false);
        Optional<Charset> charset =
                name.equals("plotter") ? Optional.of(Charset.forName("Shift_JIS")) : Optional.empty();
        String password = name.equals("gerät") ? "prüfung" : PASSWORD;
        return new DropLogin(name, new SecretText(password), folder, charset);
    }

    static DropPlan plan(String ports, int logins, Duration delay) {
        return new DropPlan(
                "127.0.0.1",
                0,
                Optional.empty(),
                Tls.NONE,
                Optional.empty(),
                ports,
                Optional.empty(),
                true,
                Patience.LONGEST,
                Duration.ofDays(1),
                logins,
                delay,
                Charset.forName("windows-1252"));
    }

    private FTPClient connected(String user, String password) throws IOException {
        FTPClient client = new FTPClient();
        client.setControlEncoding("UTF-8");
        client.setConnectTimeout(Patience.MILLIS);
        client.setDefaultTimeout(Patience.MILLIS);
        client.connect("127.0.0.1", server.port());
        client.login(user, password);
        client.enterLocalPassiveMode();
        client.setFileType(FTP.BINARY_FILE_TYPE);
        return client;
    }

    private static ByteArrayInputStream bytes(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> files(String name) throws IOException {
        Path folder = root.resolve(name);
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private String content(String file) throws IOException {
        return Files.readString(root.resolve("copier").resolve(file));
    }

    @Test
    void anUploadIsInTheDevicesFolderWhenTheReplySaysSo() throws Exception {
        assertThat(device.storeFile("scan.pdf", bytes("one"))).isTrue();
        assertThat(device.getReplyCode()).isEqualTo(226);
        assertThat(content("scan.pdf")).isEqualTo("one");
        assertThat(files("copier")).containsExactly("scan.pdf");
    }

    @Test
    void theSameNameAgainIsASecondScan() throws Exception {
        device.storeFile("scan.pdf", bytes("one"));
        device.storeFile("scan.pdf", bytes("two"));
        assertThat(content("scan.pdf")).isEqualTo("one");
        assertThat(content("scan-1.pdf")).isEqualTo("two");
    }

    @Test
    void eachStouIsAScanOfItsOwn() throws Exception {
        assertThat(device.storeUniqueFile(bytes("one"))).isTrue();
        assertThat(device.storeUniqueFile(bytes("two"))).isTrue();
        assertThat(files("copier")).containsExactly("scan-1", "scan-2");
    }

    @Test
    void stouTellsTheNameThatTheFileHasThen() throws Exception {
        try (Socket control = new Socket("127.0.0.1", server.port())) {
            Dialogue dialogue = new Dialogue(control);
            dialogue.say("USER copier").say("PASS " + PASSWORD);
            Files.writeString(root.resolve("copier/scan-1"), "waits since before a restart");
            Socket data = new Socket("127.0.0.1", dialogue.passive());
            assertThat(dialogue.say("STOU").last()).isEqualTo("150 FILE: scan-2");
            data.getOutputStream().write(1);
            data.close();
            assertThat(dialogue.reply()).startsWith("226");
        }
        assertThat(files("copier")).containsExactly("scan-1", "scan-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABOR", "\u00f2abor"})
    void anUploadThatTheDeviceCancelsEndsAtOnceAndIsNotKept(String abort) throws Exception {
        try (Socket control = new Socket("127.0.0.1", server.port())) {
            Dialogue dialogue = new Dialogue(control);
            dialogue.say("USER copier").say("PASS " + PASSWORD);
            try (Socket data = new Socket("127.0.0.1", dialogue.passive())) {
                assertThat(dialogue.say("STOR LABOR").last()).startsWith("150");
                data.getOutputStream().write("half of it".getBytes(StandardCharsets.US_ASCII));
                assertThat(dialogue.say(abort).last()).startsWith("426");
                assertThat(Hearing.isOver(data)).isTrue();
            }
            assertThat(dialogue.reply()).startsWith("226");
        }
        assertThat(files("copier")).isEmpty();
    }

    @Test
    void theSystemIsUnixInTheWordsThatClientsKnowBeforeTheLoginAndAfter() throws Exception {
        try (Socket control = new Socket("127.0.0.1", server.port())) {
            Dialogue dialogue = new Dialogue(control);
            assertThat(dialogue.say("SYST").last()).isEqualTo("215 UNIX Type: L8");
            dialogue.say("USER copier").say("PASS " + PASSWORD);
            assertThat(dialogue.say("SYST").last()).isEqualTo("215 UNIX Type: L8");
        }
    }

    @Test
    void aConnectionTestLeavesNothingAndMayBeDeletedOrReplaced() throws Exception {
        for (int test = 0; test < 150; test++) {
            assertThat(device.storeFile("test-" + test, bytes(""))).isTrue();
        }
        assertThat(files("copier")).isEmpty();
        assertThat(device.listNames()).contains("test-149");
        assertThat(device.deleteFile("test-149")).isTrue();
        assertThat(device.deleteFile("test-149")).isFalse();
        assertThat(device.rename("test-148", "test-a")).isTrue();
        assertThat(device.storeFile("test-a", bytes("content"))).isTrue();
        assertThat(content("test-a")).isEqualTo("content");
        assertThat(device.deleteFile("test-a")).isFalse();
        assertThat(files("copier")).containsExactly("test-a");
    }

    @Test
    void aNameWithADotInFrontIsThatOfAFileUnderWay() throws Exception {
        assertThat(device.storeFile(".in.scan.pdf", bytes("whole"))).isTrue();
        assertThat(device.rename(".in.scan.pdf", "scan.pdf")).isTrue();
        assertThat(content("scan.pdf")).isEqualTo("whole");
        assertThat(device.storeFile(".partial", bytes("no"))).isFalse();
        assertThat(device.storeFile(".PARTIAL/x", bytes("no"))).isFalse();
        assertThat(files("copier")).containsExactly("scan.pdf");
    }

    @Test
    void aDeviceMayRemoveItsEmptyFoldersAndMakesNoMoreThanItMaySaveFiles() throws Exception {
        FTPClient plotter = connected("plotter", PASSWORD);
        for (String name : List.of("a", "b", "c")) {
            assertThat(plotter.makeDirectory(name)).isTrue();
        }
        assertThat(plotter.makeDirectory("d")).isFalse();
        assertThat(plotter.getReplyString()).startsWith("552").contains("3 folders");
        assertThat(plotter.makeDirectory(".hidden")).isFalse();
        plotter.storeFile("a/plan.pdf", bytes("one"));
        assertThat(plotter.removeDirectory("a")).isFalse();
        assertThat(plotter.removeDirectory("b")).isTrue();
        assertThat(plotter.makeDirectory("d")).isTrue();
        plotter.disconnect();
    }

    @ParameterizedTest
    @CsvSource({"copier, UTF-8", "copier, ISO-8859-1", "plotter, UTF-8"})
    void aNameIsReadAsUtf8ElseInTheCharsetOfTheServer(String user, String charset) throws Exception {
        assertThat(named(user, charset, "M\u00fcller.pdf")).contains("M\u00fcller.pdf");
    }

    @Test
    void aNameIsReadInTheCharsetOfItsDevice() throws Exception {
        assertThat(named("plotter", "Shift_JIS", "\u8868.pdf")).contains("\u8868.pdf");
    }

    private List<String> named(String user, String charset, String name) throws IOException {
        FTPClient client = new FTPClient();
        client.setControlEncoding(charset);
        client.connect("127.0.0.1", server.port());
        client.login(user, PASSWORD);
        client.enterLocalPassiveMode();
        assertThat(client.storeFile(name, bytes("scan")))
                .as(client.getReplyString())
                .isTrue();
        client.disconnect();
        return files(user);
    }

    @Test
    void aNameThatIsRefusedIsOneLineOfTheLog() throws Exception {
        try (LogLines log = LogLines.of("org.mailchute.drop")) {
            assertThat(device.storeFile("a:b.pdf", bytes("scan"))).isFalse();
            assertThat(device.rename("a.tmp", "b:c.pdf")).isFalse();
            assertThat(log.lines())
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("WARN ftp server: user=copier"))
                    .anyMatch(line -> line.contains("\"a:b.pdf\"") && line.contains("Use a name without"));
        }
    }

    @Test
    void whatThereIsIsListed() throws Exception {
        assertThat(device.features()).isTrue();
        for (String feature : List.of("UTF8", "SIZE", "MDTM", "MLST", "EPSV", "EPRT")) {
            assertThat(device.hasFeature(feature)).as(feature).isTrue();
        }
        assertThat(device.hasFeature("AUTH")).isFalse();
        assertThat(device.hasFeature("REST")).isFalse();
    }

    @Test
    void aScanIsKeptOctetByOctetWhateverTheDeviceCallsItsType() throws Exception {
        device.setFileType(FTP.ASCII_FILE_TYPE);
        try (OutputStream data = device.storeFileStream("scan.pdf")) {
            // past the client's own translation
            data.write("a".getBytes(StandardCharsets.UTF_8));
        }
        device.completePendingCommand();
        try (Socket raw = rawStore("raw.pdf", "\r\n\n\r\0binary\r")) {
            assertThat(raw.isConnected()).isTrue();
        }
        await().until(() -> files("copier").contains("raw.pdf"));
        assertThat(content("raw.pdf")).isEqualTo("\r\n\n\r\0binary\r");
    }

    /** By hand, in the type a session begins with: ASCII. */
    private Socket rawStore(String name, String content) throws IOException {
        Socket control = new Socket("127.0.0.1", server.port());
        Dialogue dialogue = new Dialogue(control);
        dialogue.say("USER copier").say("PASS " + PASSWORD);
        int port = dialogue.passive();
        try (Socket data = new Socket("127.0.0.1", port)) {
            dialogue.send("STOR " + name);
            assertThat(dialogue.reply()).startsWith("150");
            data.getOutputStream().write(content.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(dialogue.reply()).startsWith("226");
        return control;
    }

    @Test
    void aWrongPasswordIsAnsweredLateAndTheThirdEndsTheSession() throws Exception {
        FTPClient other = new FTPClient();
        other.connect("127.0.0.1", server.port());
        try (LogLines log = LogLines.of(DropUsers.class.getName())) {
            assertThat(Patience.notBefore(GUESS, () -> other.login("copier", "wrong")))
                    .isFalse();
            assertThat(other.getReplyCode()).isEqualTo(530);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .isEqualTo("WARN ftp server: login refused from 127.0.0.1: wrong password for copier")
                    .doesNotContain(PASSWORD);
        }
        assertThat(other.login("nobody", PASSWORD)).isFalse();
        assertThat(other.login("copier", "")).isFalse();
        await().until(() -> ended(other));
    }

    @Test
    void tenWrongPasswordsShutTheirAddressOutForAQuarterOfAnHour() throws Exception {
        server.close();
        server = DropServer.start(plan("0", 5, Duration.ZERO), List.of(login("copier", false, 100)), clock);
        try (LogLines log = LogLines.of("org.mailchute")) {
            for (int i = 0; i < 10; i++) {
                assertThat(loginFrom("127.0.0.1", "guess")).startsWith("530");
            }
            assertThat(loginFrom("127.0.0.1", "guess")).startsWith("421").contains("wait 15 minutes");
            assertThat(loginFrom("127.0.0.1", PASSWORD)).as("not looked at").startsWith("421");
            assertThat(loginFrom("127.0.0.2", PASSWORD)).as("another device").startsWith("230");
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("login refused"))
                    .hasSize(10);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("nobody logs in from there for 15 minutes"))
                    .singleElement()
                    .asString()
                    .startsWith("WARN ftp server: 10 wrong passwords from 127.0.0.1: ");
        }
        clock.move(Duration.ofMinutes(16));
        assertThat(loginFrom("127.0.0.1", PASSWORD)).startsWith("230");
    }

    @Test
    @DisplayName("P9: whoever has one device's password does not guess another's")
    void aRightPasswordTakesBackNoWrongOnesOfOthers() throws Exception {
        server.close();
        List<DropLogin> logins = List.of(login("copier", false, 100), login("plotter", true, 3));
        server = DropServer.start(plan("0", 50, Duration.ZERO), logins, clock);
        for (int i = 0; i < 10; i++) {
            assertThat(login("127.0.0.1", "plotter", "guess")).startsWith("530");
            if (i < 9) {
                assertThat(loginFrom("127.0.0.1", PASSWORD)).startsWith("230");
            }
        }
        assertThat(login("127.0.0.1", "plotter", PASSWORD)).startsWith("421");
    }

    private String loginFrom(String address, String password) throws IOException {
        return login(address, "copier", password);
    }

    private String login(String address, String user, String password) throws IOException {
        try (Socket control = new Socket("127.0.0.1", server.port(), InetAddress.getByName(address), 0)) {
            return new Dialogue(control)
                    .say("USER " + user)
                    .say("PASS " + password)
                    .last();
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-8,gerät", "UTF-8,gera\u0308t", "windows-1252,gerät"})
    void aLoginMayHaveUmlautsInEachOfTheirForms(String charset, String user) throws Exception {
        FTPClient other = new FTPClient();
        other.setControlEncoding(charset);
        other.connect("127.0.0.1", server.port());
        assertThat(other.login(user, "prüfung")).as(other.getReplyString()).isTrue();
        assertThat(other.storeFile("scan.pdf", bytes("one"))).isTrue();
        assertThat(files("gerät")).containsExactly("scan.pdf");
        other.disconnect();
    }

    private static boolean ended(FTPClient client) {
        try {
            return client.noop() == 421;
        } catch (IOException e) {
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"anonymous", "ftp", "admin", "root"})
    void nobodyLogsInWhoIsNotADevice(String user) throws Exception {
        FTPClient other = new FTPClient();
        other.connect("127.0.0.1", server.port());
        assertThat(other.login(user, "guest@example.com")).isFalse();
        assertThat(other.getReplyCode()).isEqualTo(530);
        other.disconnect();
        try (Socket control = new Socket("127.0.0.1", server.port())) {
            Dialogue dialogue = new Dialogue(control);
            for (String command : List.of("LIST", "PASV", "STOR scan.pdf", "MKD sub", "PWD")) {
                assertThat(dialogue.say(command).last()).startsWith("530");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RETR scan.pdf",
                "DELE scan.pdf",
                "RMD sub",
                "SITE HELP",
                "SITE DESCUSER copier",
                "SITE WHO",
                "REST 5",
                "MFMT 20200101000000 scan.pdf",
                "MD5 scan.pdf",
                "MKD sub",
                "HELP"
            })
    void aDeviceCanOnlyWrite(String command) throws Exception {
        device.storeFile("scan.pdf", bytes("one"));
        assertThat(device.sendCommand(command)).isBetween(500, 559);
        assertThat(content("scan.pdf")).isEqualTo("one");
    }

    @Test
    void aDeviceSeesItsOwnFilesOnlyAndNotWhatIsUnderWay() throws Exception {
        FTPClient plotter = connected("plotter", PASSWORD);
        plotter.storeFile("plan.pdf", bytes("theirs"));
        device.storeFile("scan.pdf", bytes("one"));
        OutputStream half = device.storeFileStream("half.pdf");
        half.write(1);
        FTPClient again = connected("copier", PASSWORD);
        assertThat(again.listNames()).containsExactly("scan.pdf");
        assertThat(again.listFiles()).extracting(FTPFile::getName).containsExactly("scan.pdf");
        assertThat(again.mlistDir())
                .extracting(FTPFile::getName)
                .contains("scan.pdf")
                .doesNotContain("half.pdf");
        half.close();
        assertThat(device.completePendingCommand()).isTrue();
        plotter.disconnect();
        again.disconnect();
    }

    @Test
    void aDeviceMayRenameWhatItCallsUnfinished() throws Exception {
        device.storeFile("scan.tmp", bytes("broke off"));
        device.storeFile("scan.tmp", bytes("whole"));
        assertThat(files("copier")).containsExactly("scan.tmp");
        assertThat(device.rename("scan.tmp", "scan.pdf")).isTrue();
        device.storeFile("scan.tmp", bytes("next"));
        assertThat(device.rename("scan.tmp", "scan.pdf")).isTrue();
        assertThat(content("scan.pdf")).isEqualTo("whole");
        assertThat(content("scan-1.pdf")).isEqualTo("next");
        assertThat(device.rename("gone.tmp", "scan.pdf")).isFalse();
        assertThat(device.getReplyString()).contains("550").contains("taken already");
    }

    @Test
    void whatIsAppendedContinuesTheFileThatIsStillThere() throws Exception {
        device.storeFile("scan.txt", bytes("one "));
        assertThat(device.appendFile("scan.txt", bytes("two"))).isTrue();
        assertThat(device.appendFile("new.txt", bytes("three"))).isTrue();
        assertThat(content("scan.txt")).isEqualTo("one two");
        assertThat(content("new.txt")).isEqualTo("three");
        assertThat(files("copier")).containsExactly("new.txt", "scan.txt");
    }

    @Test
    @DisplayName("P2: an append that breaks off, by the device or by a crash, leaves what was acknowledged")
    void anAbortedAppendLeavesWhatWasThere() throws Exception {
        device.storeFile("scan.txt", bytes("one"));
        try (Upload append = folder().append(DropPath.ROOT.resolve("scan.txt"))) {
            append.write(new byte[100], 0, 100);
            assertThat(files("copier")).doesNotContain("scan.txt"); // no intake takes it now
        }
        assertThat(files("copier")).containsExactly("scan.txt");
        assertThat(content("scan.txt")).isEqualTo("one");

        Upload crashed = folder().append(DropPath.ROOT.resolve("scan.txt"));
        crashed.write(new byte[100], 0, 100);
        folder().begin(DropPath.ROOT.resolve("other.txt")).write(1);
        login("copier", false, 10); // opened anew, as after a crash
        assertThat(files("copier")).containsExactly("scan.txt");
        assertThat(content("scan.txt")).isEqualTo("one");
    }

    private DropFolder folder() throws IOException {
        return DropFolder.open(
                root.resolve("copier"), false, new Quota(QUOTA, 100), IgnoredNames::ignored, () -> false);
    }

    @Test
    void anUploadWhoseDataConnectionIsResetIsNotKept() throws Exception {
        try (Socket control = new Socket("127.0.0.1", server.port())) {
            Dialogue dialogue = new Dialogue(control);
            dialogue.say("USER copier").say("PASS " + PASSWORD);
            Socket data = new Socket("127.0.0.1", dialogue.passive());
            dialogue.send("STOR scan.pdf");
            assertThat(dialogue.reply()).startsWith("150");
            data.getOutputStream().write(new byte[10_000]);
            data.setSoLinger(true, 0); // a reset, not an end
            data.close();
            assertThat(dialogue.reply()).startsWith("426");
        }
        assertThat(files("copier")).isEmpty();
    }

    @Test
    void anUploadOfADeviceThatDiesIsNotKept() throws Exception {
        try (LogLines log = LogLines.of(Store.class.getName())) {
            Socket control = new Socket("127.0.0.1", server.port());
            Dialogue dialogue = new Dialogue(control);
            dialogue.say("USER copier").say("PASS " + PASSWORD);
            Socket data = new Socket("127.0.0.1", dialogue.passive());
            dialogue.send("STOR scan.pdf");
            assertThat(dialogue.reply()).startsWith("150");
            data.getOutputStream().write(new byte[10_000]);
            await().until(() -> !files("copier").isEmpty());
            int sessions = server.sessions();
            control.close(); // a killed process closes both in an orderly way
            await("it is seen").until(() -> server.sessions() < sessions);
            data.close();
            await("the file is gone").until(() -> files("copier").isEmpty());
            await("it is told").until(() -> !log.lines().isEmpty());
            assertThat(log.lines()).singleElement().asString().contains("not kept");
        }
    }

    @Test
    void aFullQuotaIsSaidAndNothingIsLost() throws Exception {
        assertThat(device.storeFile("first.pdf", new ByteArrayInputStream(new byte[2 << 20])))
                .isTrue();
        assertThat(brokenOff("second.pdf", new byte[2 << 20])).isFalse();
        assertThat(device.getReplyString()).startsWith("552 The quota of 3145728 bytes is reached");
        assertThat(files("copier")).containsExactly("first.pdf");
        assertThat(Files.size(root.resolve("copier/first.pdf"))).isEqualTo(2 << 20);

        Files.delete(root.resolve("copier/first.pdf")); // the intake took it
        assertThat(device.storeFile("second.pdf", new ByteArrayInputStream(new byte[2 << 20])))
                .isTrue();
    }

    /** The server closes the data connection; the device may have sent all of it by then or not, and hears why in both cases. */
    private boolean brokenOff(String name, byte[] content) throws IOException {
        try {
            return device.storeFile(name, new ByteArrayInputStream(content));
        } catch (CopyStreamException e) {
            return device.completePendingCommand();
        }
    }

    @Test
    void aFullNumberOfFilesIsSaidBeforeAnythingIsSent() throws Exception {
        FTPClient plotter = connected("plotter", PASSWORD);
        for (int i = 0; i < 3; i++) {
            assertThat(plotter.storeFile(i + ".pdf", bytes("x"))).isTrue();
        }
        assertThat(plotter.storeFile("3.pdf", bytes("x"))).isFalse();
        assertThat(plotter.getReplyString()).startsWith("552 The quota of 3 files is reached");
        plotter.disconnect();
    }

    @Test
    void foldersAreMadeOnlyWhereTheSettingsAllowThem() throws Exception {
        assertThat(device.makeDirectory("sub")).isFalse();
        assertThat(device.getReplyString()).startsWith("550 No folders can be made here");
        FTPClient plotter = connected("plotter", PASSWORD);
        assertThat(plotter.makeDirectory("plans")).isTrue();
        assertThat(plotter.changeWorkingDirectory("plans")).isTrue();
        assertThat(plotter.printWorkingDirectory()).isEqualTo("/plans");
        assertThat(plotter.storeFile("plan.pdf", bytes("x"))).isTrue();
        assertThat(plotter.changeToParentDirectory()).isTrue();
        assertThat(plotter.changeToParentDirectory()).isFalse();
        assertThat(plotter.changeWorkingDirectory("/plans/../..")).isFalse();
        assertThat(files("plotter")).containsExactly("plans/plan.pdf");
        plotter.disconnect();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../scan.pdf",
                "../../etc/passwd",
                "/../plotter/scan.pdf",
                "..",
                "/",
                ".",
                "/etc/passwd",
                "//../scan.pdf",
                "missing/scan.pdf",
                "./../scan.pdf",
                "a/../../scan.pdf",
                ".partial/1",
                ".partial",
                ".partial/append-1.note",
                ".partial",
                "..\\..\\scan.pdf",
                "c:\\scan.pdf",
                "C:scan.pdf",
                "\\\\server\\share\\scan.pdf",
                "scan.pdf:stream",
                "scan.pdf::$DATA",
                "con",
                "NUL.pdf",
                "com1.txt",
                "lpt9",
                "scan*.pdf",
                "scan?.pdf",
                "a|b",
                "<scan>.pdf",
                "\"scan\".pdf",
                "scan.",
                "...",
                "scan\u0001.pdf",
                "scan\t.pdf",
                "scan\u007f.pdf",
                "scan\u202efdp.exe",
                "scan\u2028x.pdf",
                "scan\u0085.pdf",
                "\ud800.pdf",
                "%2e%2e/%2e%2e/scan.pdf"
            })
    @DisplayName("P9: a hostile name is refused, and nothing is written, in the device's folder or outside")
    void aHostileNameIsRefused(String name) throws Exception {
        List<String> before = everything();
        try (Socket control = new Socket("127.0.0.1", server.port())) {
            Dialogue dialogue = new Dialogue(control);
            dialogue.say("USER copier").say("PASS " + PASSWORD).say("PASV");
            assertThat(dialogue.say("STOR " + name).last()).matches("(?s)5[05][0-9] .*");
            assertThat(dialogue.say("PASV").say("APPE " + name).last()).matches("(?s)5[05][0-9] .*");
            assertThat(dialogue.say("MKD " + name).last()).matches("(?s)5[05][0-9] .*");
            dialogue.say("NOOP");
            assertThat(dialogue.last()).startsWith("200");
        }
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Übergabe Prüfung.pdf",
                "scan 1 (2).pdf",
                "日本語.pdf",
                "-rf",
                "$(reboot).pdf",
                "'; drop table.pdf",
                "{{folder}}.pdf",
                "${file}.pdf",
                "a&b=c#d.pdf",
                "scan.pdf.exe"
            })
    void aStrangeNameIsKeptAsItIs(String name) throws Exception {
        assertThat(device.storeFile(name, bytes("x"))).isTrue();
        assertThat(files("copier")).containsExactly(name);
    }

    @Test
    void aNameTooLongForAFileSystemIsRefused() throws Exception {
        assertThat(device.storeFile("x".repeat(201), bytes("x"))).isFalse();
        assertThat(device.getReplyCode()).isEqualTo(553);
        assertThat(device.storeFile("x".repeat(200), bytes("x"))).isTrue();
    }

    @Test
    void aNameThatIsInNeitherCharsetIsRefusedAndTheSessionGoesOn() throws Exception {
        try (Socket control = new Socket("127.0.0.1", server.port())) {
            Dialogue dialogue = new Dialogue(control);
            dialogue.say("USER copier").say("PASS " + PASSWORD).say("PASV");
            control.getOutputStream().write("STOR Pr\u0081fung.pdf\r\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(dialogue.reply()).startsWith("553");
            assertThat(dialogue.say("NOOP").last()).startsWith("200");
        }
        assertThat(files("copier")).isEmpty();
    }

    private List<String> everything() throws IOException {
        try (Stream<Path> found = Files.walk(root)) {
            return found.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void activeModeConnectsToNobodyButTheDevice() throws Exception {
        device.enterLocalActiveMode();
        assertThat(device.storeFile("scan.pdf", bytes("one"))).isTrue();
        assertThat(content("scan.pdf")).isEqualTo("one");
        assertThat(device.sendCommand("PORT 127,0,0,2,100,100")).isBetween(500, 559);
        assertThat(device.sendCommand("EPRT |1|127.0.0.2|25700|")).isBetween(500, 559);
        assertThat(device.sendCommand("EPRT |2|::2|25700|")).isBetween(500, 559);
    }

    @Test
    void tenDevicesAtOnceEachLandInTheirOwnFolder() throws Exception {
        server.close();
        List<DropLogin> logins = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            logins.add(login("device-" + i, false, 100));
        }
        server = DropServer.start(plan("0", 10, Duration.ZERO), logins, clock);
        ExecutorService devices = Executors.newFixedThreadPool(10);
        List<Future<Boolean>> done = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String name = "device-" + i;
            done.add(devices.submit((Callable<Boolean>) () -> twentyScans(name)));
        }
        for (Future<Boolean> each : done) {
            assertThat(each.get()).isTrue();
        }
        devices.shutdown();
        for (int i = 0; i < 10; i++) {
            assertThat(files("device-" + i)).hasSize(20);
            assertThat(Files.readString(root.resolve("device-" + i).resolve("scan-7.bin")))
                    .isEqualTo("device-" + i + " 7");
        }
    }

    private boolean twentyScans(String name) throws IOException {
        FTPClient client = connected(name, PASSWORD);
        boolean all = true;
        for (int scan = 0; scan < 20; scan++) {
            all &= client.storeFile("scan-" + scan + ".bin", bytes(name + " " + scan));
        }
        client.disconnect();
        return all;
    }

    @Test
    @DisplayName("P9: sessions that do not log in are few, keep nobody out, and do not fill the log")
    void ofSessionsThatDoNotLogInTheOldestGiveWay() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try (LogLines log = LogLines.of("org.mailchute.drop")) {
            for (int number = 0; number < 15; number++) {
                Socket control = new Socket("127.0.0.1", server.port());
                silent.add(control);
                assertThat(new Dialogue(control).last()).startsWith("220");
            }
            for (Socket oldest : silent.subList(0, 5)) {
                assertThat(oldest.getInputStream().read()).as("closed").isEqualTo(-1);
            }
            assertThat(loginFrom("127.0.0.1", PASSWORD)).startsWith("230");
            assertThat(device.sendNoOp()).as("logged in long before").isTrue();
            assertThat(log.lines())
                    .containsExactly("WARN ftp server: before their login, 11 connections are open, 11 of them from"
                            + " 127.0.0.1: the oldest are closed; see who leaves them open there");
        }
        for (Socket control : silent) {
            control.close();
        }
    }

    @Test
    void moreLoginsThanAllowedAreToldToComeLater() throws Exception {
        server.close();
        server = DropServer.start(plan("0", 5, GUESS), List.of(login("copier", false, 100)), clock);
        sixthIsTold(sessions(5));
    }

    private List<FTPClient> sessions(int count) throws IOException {
        List<FTPClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(connected("copier", PASSWORD));
        }
        return clients;
    }

    private void sixthIsTold(List<FTPClient> others) throws IOException {
        FTPClient sixth = new FTPClient();
        sixth.connect("127.0.0.1", server.port());
        assertThatThrownBy(() -> sixth.login("copier", PASSWORD)).hasMessageContaining("421");
        for (FTPClient client : others) {
            client.disconnect();
        }
    }

    @Test
    @DisplayName("P2: one device, or whoever has its password, does not keep the others out")
    void oneDeviceTakesNoMoreThanHalfOfTheLogins() throws Exception {
        try (LogLines log = LogLines.of("org.mailchute.drop")) {
            List<FTPClient> others = sessions(4);
            FTPClient plotter = connected("plotter", PASSWORD);
            assertThat(plotter.storeFile("scan.pdf", bytes("one"))).isTrue();
            plotter.disconnect();
            sixthIsTold(others);
            assertThat(log.lines()).anyMatch(line -> line.contains("user=copier from 127.0.0.1 has all sessions"));
        }
        await("its places come back")
                .until(() -> loginFrom("127.0.0.1", PASSWORD).startsWith("230"));
    }

    @Test
    @DisplayName(
            "P9: whoever guesses a device's password, and waits for the answers, takes none of the device's places")
    void wrongPasswordsTakeNoPlaceOfTheirDevice() throws Exception {
        server.close();
        server = DropServer.start(
                plan("0", 2, Duration.ofSeconds(5)),
                List.of(login("copier", false, 100), login("plotter", false, 100)),
                clock);
        try (Socket guesser = new Socket("127.0.0.1", server.port());
                LogLines log = LogLines.of("org.mailchute.drop")) {
            new Dialogue(guesser).say("USER copier").send("PASS wrong");
            await("it is wrong, and not told so yet")
                    .until(() -> log.lines().stream().anyMatch(line -> line.contains("wrong password for copier")));

            assertThat(loginFrom("127.0.0.1", PASSWORD)).startsWith("230");
        }
    }
}
