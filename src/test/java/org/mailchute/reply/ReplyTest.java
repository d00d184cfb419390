package org.mailchute.reply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReplyTest {
    @Test
    @DisplayName(
            "P9: no control stays in a reply, nor a mark that turns or breaks its line, in whatever half of Unicode it is")
    void controlsAreMasked() {
        assertThat(new Reply(550, "a\u001b[2Jb\u0085c\u009bd\u202ee\u2028f\r\ng").text())
                .isEqualTo("a?[2Jb?c?d?e?f g");
    }
}
