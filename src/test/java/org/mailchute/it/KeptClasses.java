package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FreePort;
import org.mailchute.testing.TestFolder;

/**
 * The classes of the jar as a package keeps them (deploy/README.md), so that a start costs little more than half. Whichever process
 * of the build is the first to need them makes them, with a gateway that mails a scan; the others wait for it.
 */
final class KeptClasses {
    private static final Path BUILD = Path.of(Objects.requireNonNull(System.getProperty("mailchute.build")));
    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("mailchute.jar")));
    private static final Path ARCHIVE = BUILD.resolve("mailchute.jsa");

    private KeptClasses() {}

    /** For Java, to use them. Passes them over where they are not its own. */
    static synchronized List<String> options() {
        try (FileChannel file = FileChannel.open(
                        BUILD.resolve("mailchute.jsa.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = file.lock()) {
            if (!Files.exists(ARCHIVE) || isOlder(ARCHIVE, JAR)) {
                make();
            }
            return List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-Xlog:cds=off,cds+dynamic=off");
        } catch (Exception e) {
            throw new AssertionError("the jar's classes cannot be kept", e);
        }
    }

    private static boolean isOlder(Path one, Path other) throws Exception {
        return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(other)) < 0;
    }

    private static void make() throws Exception {
        try (TestFolder folder = new TestFolder();
                Workplace work = new Workplace(folder.path(), Scenario.standard())) {
            Path made = folder.path().resolve("made.jsa");
            Path settings = work.settings(work.folder("home"), Workplace.listener(FreePort.number()), "");
            work.drop("scan.bin", new byte[] {1});
            try (RunningJar gateway = RunningJar.keeping(folder.path(), made, settings)) {
                Awaitility.await("its scan is mailed")
                        .until(() -> !work.received().isEmpty());
                assertThat(gateway.terminate()).isEqualTo(143);
            }
            Files.move(made, ARCHIVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
