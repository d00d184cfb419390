package org.mailchute.command;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class HangupTest {
    @Test
    void sighupReadsTheSettingsAnewEachTimeAndEndsNothing() throws Exception {
        AtomicInteger times = new AtomicInteger();
        Hangup.runs(times::incrementAndGet);
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
}
