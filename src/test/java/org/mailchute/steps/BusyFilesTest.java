package org.mailchute.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class BusyFilesTest {
    private final BusyFiles busy = new BusyFiles();

    @Test
    void aFileIsTakenByOneAloneUntilItIsThrough() {
        assertThat(busy.add("scan.pdf")).isTrue();
        assertThat(busy.add("scan.pdf")).isFalse();
        assertThat(busy.contains("scan.pdf")).isTrue();
        assertThat(busy.remove("scan.pdf")).isTrue();
        assertThat(busy.contains("scan.pdf")).isFalse();
        assertThat(busy.add("scan.pdf")).isTrue();
    }

    @Test
    void ofWhatIsThroughNoNameIsKept() {
        List<WeakReference<String>> names = new ArrayList<>();
        for (int number = 0; number < 1_000; number++) {
            String name = "scan-" + number + ".pdf";
            names.add(new WeakReference<>(name));
            busy.add(name);
            busy.remove(name);
        }
        Awaitility.await("the collector").until(() -> {
            System.gc();
            return names.stream().filter(name -> name.get() != null).count() <= 1;
        });
    }
}
