package org.mailchute.polled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a polled server says has an end. */
class BoundedRepliesTest {
    private final AtomicLong nanos = new AtomicLong();

    private BoundedReplies of(String said) {
        return new BoundedReplies(new StringReader(said), nanos::get);
    }

    @Test
    void aReplyIsReadAsFarAsItMayGo() throws IOException {
        try (BufferedReader replies = new BufferedReader(of("x".repeat(BoundedReplies.MOST - 1) + "\n"))) {
            assertThat(replies.readLine()).hasSize(BoundedReplies.MOST - 1);
        }
    }

    @Test
    void aReplyThatIsLongerIsLeft() {
        BufferedReader replies = new BufferedReader(of("x".repeat(BoundedReplies.MOST + 1)));
        assertThatThrownBy(replies::readLine).isInstanceOf(TooMuchSaid.class);
        assertThatThrownBy(replies::readLine).isInstanceOf(TooMuchSaid.class);
    }

    @Test
    void eachReplyIsCountedForItself() throws IOException {
        BoundedReplies replies = of("x".repeat(3 * BoundedReplies.MOST));
        for (int reply = 0; reply < 3; reply++) {
            assertThat(replies.read(new char[BoundedReplies.MOST])).isEqualTo(BoundedReplies.MOST);
            replies.anew();
        }
    }

    @Test
    void aReplyThatComesAnOctetAtATimeIsLeftWhenItsTimeIsUp() throws IOException {
        BoundedReplies replies = of("slowly");
        assertThat(replies.read()).isEqualTo('s');
        nanos.addAndGet(BoundedReplies.LONGEST.toNanos() + 1);
        assertThatThrownBy(replies::read).isInstanceOf(SocketTimeoutException.class);
        replies.anew();
        assertThat(replies.read()).isEqualTo('o');
    }
}
