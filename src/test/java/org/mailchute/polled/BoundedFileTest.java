package org.mailchute.polled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What comes on a data connection has an end. */
class BoundedFileTest {
    private final AtomicLong nanos = new AtomicLong();

    private BoundedFile file(int octets, long most) {
        return new BoundedFile(new ByteArrayInputStream(new byte[octets]), most, nanos::get);
    }

    @Test
    void aFileOfJustTheListedSizeComesWhole() throws IOException {
        for (int size : new int[] {0, 1, 10_000}) {
            assertThat(file(size, size).readAllBytes()).hasSize(size);
        }
    }

    @Test
    void ofALongerOneNothingBeyondIsGivenOn() {
        for (int size : new int[] {11, 20_000}) {
            ByteArrayOutputStream taken = new ByteArrayOutputStream();
            assertThatThrownBy(() -> file(size, 10).transferTo(taken)).isInstanceOf(FileWithoutEnd.class);
            assertThat(taken.size()).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void aFileThatComesAnOctetAtATimeIsLeftWhenItsTimeIsUp() throws IOException {
        BoundedFile slow = file(10, 10);
        slow.read();
        nanos.addAndGet(Duration.ofMinutes(11).toNanos());
        assertThatThrownBy(slow::read).isInstanceOf(FileWithoutEnd.class).hasMessageContaining("in 10 minutes");
    }

    @Test
    void aLargeFileHasMoreTime() {
        assertThat(FileWithoutEnd.longest(150 << 20)).isGreaterThan(Duration.ofHours(24));
    }

    @Test
    void aListingThatComesAnOctetAtATimeIsLeftWhenItsTimeIsUp() throws IOException {
        InputStream slow = new BoundedListing(new ByteArrayInputStream(new byte[10]), nanos::get);
        slow.read();
        nanos.addAndGet(Duration.ofMinutes(11).toNanos());
        assertThatThrownBy(slow::read)
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("its listing did not come to an end in 10 minutes");
    }
}
