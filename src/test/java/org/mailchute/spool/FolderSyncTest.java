package org.mailchute.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSyncTest {
    @TempDir
    Path folder;

    @Test
    void manySideBySideAllReturn() throws Exception {
        FolderSync sync = new FolderSync(folder);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        Callable<Boolean> hundred = () -> {
            for (int number = 0; number < 100; number++) {
                sync.sync();
            }
            return true;
        };
        List<Future<Boolean>> all =
                threads.invokeAll(IntStream.range(0, 16).mapToObj(n -> hundred).toList());
        threads.shutdown();

        for (Future<Boolean> one : all) {
            assertThat(one.get()).isTrue();
        }
    }

    @Test
    void aFailureIsToldAndTheNextCallerTriesAgain() throws IOException {
        Path later = folder.resolve("later");
        FolderSync sync = new FolderSync(later);
        assertThatThrownBy(sync::sync).isInstanceOf(IOException.class);
        java.nio.file.Files.createDirectory(later);

        sync.sync();

        assertThat(later).isDirectory();
    }
}
