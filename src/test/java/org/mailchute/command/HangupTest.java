package org.mailchute.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class HangupTest {
    @Test
    void sighupReadsTheSettingsAnewEachTimeAndEndsNothing() throws Exception {
        AtomicInteger times = new AtomicInteger();
        assumeThat(Hangup.runs(times::incrementAndGet))
                .as("this build was not started by nohup")
                .isTrue();
        for (int i = 1; i <= 2; i++) {
            int sent = i;
            new ProcessBuilder(
                            "kill",
                            "-HUP",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
            await().until(() -> times.get() == sent);
        }
    }

    /** As {@code nohup} starts it: a signal that was ignored then is ignored for good, whoever asks for it. */
    @Test
    void whoIsStartedDeafToItIsToldSo() throws Exception {
        Process deaf = new ProcessBuilder(
                        "sh",
                        "-c",
                        "trap '' HUP; exec \"$0\" -cp \"$1\" \"$2\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("java.class.path"),
                        Deaf.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(deaf.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said)
                .contains("SIGHUP was ignored when this was started, as by nohup")
                .endsWith("deaf\n");
    }

    static final class Deaf {
        private Deaf() {}

        public static void main(String[] arguments) {
            System.out.println(Hangup.runs(() -> {}) ? "heard" : "deaf");
        }
    }
}
