package org.mailchute.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter err = new StringWriter();
    private long now = Long.MAX_VALUE - 1; // it may wrap
    private final Progress progress = new Progress(new PrintWriter(err, true), () -> now);

    @Test
    void whatIsDoneSoonIsDoneWithoutAWord() {
        progress.at("1 of 3 messages");
        after(Duration.ofMillis(4999));
        progress.at("2 of 3 messages");

        assertThat(err).hasToString("");
    }

    @Test
    void longWorkTellsEachFiveSecondsHowFarItIs() {
        after(Duration.ofSeconds(5));
        progress.at("1 of 3 messages");
        after(Duration.ofSeconds(4));
        progress.at("2 of 3 messages");
        after(Duration.ofSeconds(1));
        progress.at("3 of 3 messages");

        assertThat(err.toString().lines()).containsExactly("1 of 3 messages", "3 of 3 messages");
    }

    private void after(Duration time) {
        now += time.toNanos();
    }
}
