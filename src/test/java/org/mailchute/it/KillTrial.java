package org.mailchute.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.FilesIn;

/** What the tests share in which the process of a gateway is killed in mid-stream. */
abstract class KillTrial {
    static final int SESSIONS = 2;

    @TempDir
    Path root;

    final RunningJar start(Path settings) throws IOException {
        return RunningJar.gateway(root, "256m", settings);
    }

    /**
     * What rests in the spool of {@code home} though nothing is under way. A kill may have met the same delivery twice between its
     * dot and its reply; it is a dead letter then, as promised, and stays.
     */
    final List<Path> resting(Path home) throws IOException {
        List<Path> resting = new ArrayList<>(FilesIn.folder(home.resolve("incoming")));
        for (Path file : FilesIn.folder(home.resolve("messages"))) {
            if (!isDead(file.getFileName().toString().replaceFirst("\\..*", ""))) {
                resting.add(file);
            }
        }
        return resting;
    }

    private boolean isDead(String queueId) throws IOException {
        for (Path output : FilesIn.folder(root)) {
            if (output.getFileName().toString().matches("output-.*\\.log")
                    && Files.readString(output)
                            .lines()
                            .anyMatch(line ->
                                    line.contains("dead id=" + queueId) && line.contains("It may have arrived"))) {
                return true;
            }
        }
        return false;
    }
}
