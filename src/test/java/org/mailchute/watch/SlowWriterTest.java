package org.mailchute.watch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.camel.component.file.FileConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.request.RequestTexts;
import org.mailchute.spool.Incoming;
import org.mailchute.steps.FolderFiles;
import org.mailchute.testing.MovableClock;

@DisplayName("P7: a scan that is written octet by octet, with long pauses, is never taken before its end")
class SlowWriterTest {
    private static final Duration STABLE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();

    @TempDir
    Path home;

    @SuppressWarnings("NullAway.Init") // set before each test
    private FolderFiles ready;

    @BeforeEach
    void open() throws IOException {
        Stability stability = Stabilities.all(home.resolve("seen"), STABLE, clock);
        ready = new FolderFiles(
                new IgnoredNames(List.of()),
                false,
                List.of(),
                new FolderWatch(
                        new Gathering(
                                Incoming.open(home.resolve("incoming"), "desk", folder),
                                RequestTexts.RULE,
                                stability,
                                clock),
                        new WaitingFiles(
                                "desk", new Patience(Duration.ofDays(1), Duration.ofDays(1), false), STABLE, clock),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                FolderRoom.ofHeap(stability));
    }

    @Test
    void pdf() throws IOException {
        byte[] scan = resource("scan.pdf");
        writtenSlowly("scan.pdf", scan, new String(scan, ISO_8859_1).lastIndexOf("%%EOF") + 5);
    }

    @Test
    void aPdfThatGrowsByAppendedPagesIsNotTakenInTheMiddleOfAPage() throws IOException {
        String whole = new String(resource("scan.pdf"), ISO_8859_1);
        String page = "\n77 0 obj\n<< >>\nendobj\nxref\n0 0\ntrailer << /Prev 9 >>\nstartxref\n150\n%%EOF";
        Path scan = Files.writeString(folder.resolve("scan.pdf"), whole.stripTrailing(), ISO_8859_1);
        assertThat(taken(scan))
                .isTrue(); // a first page that is a whole PDF cannot be told from a scan: stableFor decides

        for (int octet = 5; octet < page.length(); octet++) { // 77 alone might be a line of digits
            Files.writeString(scan, whole.stripTrailing() + page.substring(0, octet), ISO_8859_1);
            assertThat(taken(scan)).as("octet %d", octet).isFalse();
        }
        Files.writeString(scan, whole.stripTrailing() + page, ISO_8859_1);
        assertThat(taken(scan)).isTrue();
    }

    @Test
    void tiff() throws IOException {
        byte[] scan = resource("scan.tif");
        writtenSlowly("scan.tif", scan, scan.length - 5); // the last octets of a strip may be padding
    }

    @Test
    void aTiffIsNotTakenWhileAProcessOfThisMachineHasItOpenForWriting() throws IOException {
        assumeThat(Path.of("/proc/self/fdinfo")).exists();
        Path scan = folder.resolve("scan.tif");
        try (FileChannel writer = FileChannel.open(scan, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writer.write(ByteBuffer.wrap(resource("scan.tif"))); // whole, as it is after its first page
            assertThat(taken(scan)).isFalse();
        }
        try (FileChannel reader = FileChannel.open(scan)) {
            assertThat(reader.isOpen()).isTrue();
            assertThat(taken(scan)).isTrue();
        }
    }

    @Test
    void aTiffMustBeQuietForThreeTimesAsLongAsOtherFiles() throws IOException {
        Path scan = Files.write(folder.resolve("scan.tif"), resource("scan.tif"));
        assertThat(look(scan)).isFalse();
        clock.move(STABLE.multipliedBy(3).minusMillis(1));
        assertThat(look(scan)).isFalse();
        clock.move(Duration.ofMillis(1));
        assertThat(look(scan)).isTrue();
    }

    @Test
    void jpeg() throws IOException {
        byte[] scan = picture("jpg");
        writtenSlowly("scan.jpg", scan, scan.length);
    }

    @Test
    void png() throws IOException {
        byte[] scan = picture("png");
        writtenSlowly("scan.png", scan, scan.length);
    }

    @Test
    void xps() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String part :
                    List.of("[Content_Types].xml", "Documents/1/Pages/1.fpage", "Documents/1/Pages/2.fpage")) {
                zip.putNextEntry(new ZipEntry(part));
                zip.write("<FixedPage/>".repeat(20).getBytes(ISO_8859_1));
            }
        }
        writtenSlowly("scan.xps", out.toByteArray(), out.size());
    }

    @Test
    void aFileOfAnUnknownTypeIsTakenOnlyWhenItHasBeenQuiet() throws IOException {
        Path scan = folder.resolve("scan.bin");
        for (int octets = 1; octets < 200; octets++) {
            Files.writeString(scan, "x".repeat(octets));
            assertThat(look(scan)).isFalse();
            clock.move(STABLE.minusMillis(1));
            assertThat(look(scan)).isFalse();
        }
        clock.move(Duration.ofMillis(1));
        assertThat(look(scan)).isTrue();
    }

    @Test
    void aTimeStampThatStandsStillOrRunsAheadOrIsKeptByTheCopyHidesNoGrowth() throws IOException {
        Path scan = folder.resolve("scan.bin");
        for (String stamp : List.of("1980-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "1601-01-01T00:00:00Z")) {
            for (int octets = 1; octets < 50; octets++) {
                Files.writeString(scan, "x".repeat(octets));
                Files.setLastModifiedTime(scan, FileTime.from(java.time.Instant.parse(stamp)));
                assertThat(look(scan)).as("%s, %d octets", stamp, octets).isFalse();
                clock.move(Duration.ofSeconds(4));
            }
            clock.move(STABLE);
            assertThat(look(scan)).isTrue();
        }
    }

    /** Every cut point is seen at rest for a minute; none before {@code whole} octets is taken. */
    private void writtenSlowly(String name, byte[] content, int whole) throws IOException {
        Path scan = Files.createFile(folder.resolve(name));
        assertThat(taken(scan)).as("empty").isFalse();
        for (int octets = 1; octets <= content.length; octets++) {
            Files.write(scan, new byte[] {content[octets - 1]}, StandardOpenOption.APPEND);
            boolean judgedByStructure = octets > 8; // shorter, it has no type yet
            if (judgedByStructure) {
                boolean taken = taken(scan);
                assertThat(taken && octets < whole)
                        .as("taken after %d of %d octets", octets, content.length)
                        .isFalse();
                assertThat(taken || octets < content.length)
                        .as("taken in the end")
                        .isTrue();
            }
        }
    }

    private boolean taken(Path scan) {
        return look(scan) | pause(scan);
    }

    private boolean pause(Path scan) {
        clock.move(PAUSE);
        return look(scan);
    }

    private boolean look(Path scan) {
        File file = scan.toFile();
        return ready.accept(FileConsumer.asGenericFile(folder.toString(), file, null, false));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SlowWriterTest.class.getResourceAsStream("/org/mailchute/rehearsal/demo/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static byte[] picture(String type) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(30, 30, BufferedImage.TYPE_INT_RGB), type, out);
        return out.toByteArray();
    }
}
