package org.mailchute.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.simulator.Received;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.Patience;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

@DisplayName("P7, P9: whatever a file is called or is, nothing leaves the spool and nothing is lost")
class HostileNamesJourneyTest {
    private static final List<String> NAMES = List.of(
            "-rf",
            "--help",
            "- -",
            " lead.bin",
            "trail.bin ",
            "tab\t.bin",
            "line\nend.bin",
            "return\r.bin",
            "a\r\nBcc: evil@fabrikam.example\r\n\r\n.bin",
            "a\nX-Evil: yes.bin",
            "quote\".bin",
            "a\"; filename=\"b.exe",
            "a;name=b.bin",
            "'single'.bin",
            "back\\slash.bin",
            "x..\\..\\up.bin",
            "C:evil.bin",
            "\\\\server\\share.bin",
            "%2e%2e%2fup.bin",
            "%00.bin",
            "%s%n%x.bin",
            "${file:name}.bin",
            "${file:absolute.path}",
            "${bean:spool}",
            "${sys.user.home}",
            "${env:PATH}",
            "${date:now:yyyy}",
            "$simple{body}",
            "{{intake}}",
            "{{sys:user.home}}",
            "#bean:claim",
            "?delete=true&move=x",
            "&noop=false",
            "RAW(x)",
            "class:java.lang.Runtime",
            "$(reboot)",
            "`reboot`",
            ";reboot;",
            "|cat",
            "> out",
            "< in",
            "*",
            "?",
            "[a-z]",
            "{a,b}",
            "~",
            "~root",
            "^caret!",
            "(paren",
            "@home",
            "CON",
            "NUL.txt",
            "LPT1.",
            "aux.bin:stream",
            "\u202efdp.exe",
            "\u200bzero.bin",
            "\ufeffbom.bin",
            "e\u0301.bin",
            "\u00e9.bin",
            "\ud83d\ude00.bin",
            "\u0001\u0002.bin",
            "\u007fdel.bin",
            "\u0085nel.bin",
            "\u2028separator.bin",
            "\u001b[31mred.bin",
            "=?utf-8?q?x?=.bin",
            "<script>alert(1)<.html",
            "0MWTBTVAQANDYGP3~x.bin",
            "moving-0MWTBTVAQANDYGP3",
            "copying-0MWTBTVAQANDYGP3",
            "keeping-0MWTBTVAQANDYGP3",
            "0MWTBTVAQANDYGP3.ticket",
            "scan.reason.txt",
            "null",
            "0",
            "x".repeat(255),
            "y".repeat(251) + ".bin",
            "\u00e9".repeat(127),
            "\ud83d\ude00".repeat(63));

    @RegisterExtension
    final Town town = new Town().withoutConnector();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path desk;

    @BeforeEach
    void open() throws Exception {
        town.withFolder("desk", "subfolders: true, stableFor: 0s");
        desk = town.folder("desk");
    }

    @Test
    void aNameIsOnlyAName() throws Exception {
        assertThat(NAMES).hasSizeGreaterThan(60).doesNotHaveDuplicates();
        for (int number = 0; number < NAMES.size(); number++) {
            Files.writeString(desk.resolve(NAMES.get(number)), content(number));
        }
        town.start();
        List<String> before = placesOutside();

        await("the folder is empty")
                .untilAsserted(() -> assertThat(FilesIn.folder(desk)).isEmpty());
        List<Received> mails = town.awaitReceived(NAMES.size());
        town.awaitEmptySpool();
        assertThat(town.events(Kind.REFUSED)).isEmpty();
        List<String> texts = mails.stream().map(Letters::text).toList();
        for (int number = 0; number < NAMES.size(); number++) {
            String encoded = Base64.getEncoder().encodeToString(content(number).getBytes(ISO_8859_1));
            assertThat(texts.stream().filter(text -> text.contains(encoded)))
                    .as(NAMES.get(number))
                    .hasSize(1);
        }
        assertThat(mails).allMatch(mail -> mail.recipients().equals(List.of("anna@contoso.example")));
        assertThat(texts).noneMatch(text -> text.matches("(?s).*\\n(Bcc|X-Evil):.*"));
        assertThat(texts).noneMatch(text -> text.contains(System.getProperty("user.home") + "\n"));
        assertThat(placesOutside()).isEqualTo(before);
    }

    @Test
    void whatIsNoPlainFileIsRefusedWithAReasonAndNeverOpened() throws Exception {
        Path secret = Files.writeString(town.root().resolve("secret.txt"), "not for anybody");
        Path elsewhere = Files.createDirectories(town.root().resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("inside.bin"), "not for anybody");
        Files.createSymbolicLink(desk.resolve("link.pdf"), secret);
        Files.createSymbolicLink(desk.resolve("passwd.bin"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(desk.resolve("dangling.pdf"), town.root().resolve("nowhere"));
        Files.createSymbolicLink(desk.resolve("itself.pdf"), desk.resolve("itself.pdf"));
        Files.createSymbolicLink(desk.resolve("null.pdf"), Path.of("/dev/null"));
        Files.createSymbolicLink(desk.resolve("tree"), elsewhere);
        Files.createSymbolicLink(desk.resolve("circle"), desk);
        List<String> refused =
                new ArrayList<>(List.of("link.pdf", "passwd.bin", "dangling.pdf", "itself.pdf", "null.pdf"));
        if (made("mkfifo", desk.resolve("fifo.pdf"))) {
            refused.add("fifo.pdf");
        }
        if (desk.toString().length() < 80) { // the longest address of a socket is about 100 octets
            ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                    .bind(UnixDomainSocketAddress.of(desk.resolve("socket.pdf")));
            refused.add("socket.pdf");
        }
        Path inFolder = Files.createDirectories(desk.resolve("scan.pdf"));
        Files.writeString(inFolder.resolve("good.bin"), "good");
        town.start();

        town.awaitReceived(1);
        await().until(() -> town.events(Kind.REFUSED).size() >= refused.size());

        assertThat(town.events(Kind.REFUSED))
                .extracting(DeliveryEvent::reason)
                .allMatch(reason -> reason.endsWith("is not a plain file but a link or the like"))
                .hasSize(refused.size());
        for (String name : refused) {
            assertThat(desk.resolve("rejected").resolve(name + ".reason.txt")).isNotEmptyFile();
        }
        assertThat(town.received()).hasSize(1);
        assertThat(Letters.text(town.received().get(0))).doesNotContain("bm90IGZvciBhbnlib2R5");
        assertThat(secret).hasContent("not for anybody");
        assertThat(elsewhere.resolve("inside.bin")).exists();
    }

    @Test
    void namesOfHalfWrittenFilesAndOfSystemsStay() throws Exception {
        List<String> names = List.of(
                ".DS_Store",
                "._scan.pdf",
                "desktop.ini",
                "Thumbs.db",
                ".nfs0000001",
                "~$letter.docx",
                "a.tmp",
                "a.part",
                "a.filepart",
                "a.crdownload",
                "..;",
                "...");
        for (String name : names) {
            Files.writeString(desk.resolve(name), "x");
        }
        for (String folder : List.of("@eaDir", ".stfolder")) {
            Files.writeString(Files.createDirectories(desk.resolve(folder)).resolve("scan.bin"), "x");
        }
        town.start();
        town.scan("desk", "good.bin", "good");

        town.awaitReceived(1);

        assertThat(FilesIn.folder(desk)).hasSize(names.size() + 2);
    }

    @Test
    void aDeepTreeOfManyFilesIsTakenWhole() throws Exception {
        Path folder = desk;
        for (int depth = 0; depth < 60; depth++) {
            folder = Files.createDirectories(folder.resolve("level " + depth));
            for (int number = 0; number < 2; number++) {
                Files.writeString(folder.resolve("SCN_" + number + ".bin"), depth + "/" + number);
            }
        }
        town.start();

        town.awaitReceived(120);

        town.awaitEmptySpool();
        assertThat(FilesIn.folder(desk)).isEmpty();
    }

    private static String content(int number) {
        return "content of file number %05d, three times nine".formatted(number); // 45 octets: base64 without padding
    }

    private static boolean made(String program, Path path) throws Exception {
        Process process = new ProcessBuilder(program, path.toString()).start();
        return process.waitFor(Patience.MILLIS, TimeUnit.MILLISECONDS) && process.exitValue() == 0;
    }

    /** Everything below the root but what the gateway and the simulator write in places of their own. */
    private List<String> placesOutside() throws IOException {
        try (Stream<Path> folders = Files.list(town.root())) {
            return Stream.concat(folders, FilesIn.folder(town.root()).stream())
                    .map(path -> town.root().relativize(path).toString())
                    .filter(path ->
                            !path.startsWith("home") && !path.startsWith("received") && !path.startsWith("desk"))
                    .sorted()
                    .toList();
        }
    }
}
