package org.mailchute.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailchute.intake.ContentTypes;

/** Files as writers in the field make them; which, and what is true of each, says the README beside them. */
class WritersFilesTest {
    private static final String SAMPLES = "/org/mailchute/formats/samples/";
    /** So many from the start, the end and each border are cut one by one. */
    private static final int NEAR = 150;
    /** What begins a file; without it, it is of no known type. */
    private static final int MAGIC = 8;

    @TempDir
    Path folder;

    /** @param whole the lengths with which it is whole */
    record Sample(String name, String pages, List<Range> whole) {
        static Sample of(String row) {
            String[] columns = row.split(" *\\| *");
            return new Sample(
                    columns[1],
                    columns[2],
                    Arrays.stream(columns[3].split(" ")).map(Range::of).toList());
        }

        boolean whole(int length) {
            return whole.stream().anyMatch(range -> range.first <= length && length <= range.last);
        }

        boolean near(int length) {
            return whole.stream()
                    .anyMatch(range -> Math.abs(range.first - length) < NEAR || Math.abs(range.last - length) < NEAR);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    record Range(int first, int last) {
        static Range of(String text) {
            String[] ends = text.split("-", 2);
            return new Range(
                    Integer.parseInt(ends[0]), ends[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(ends[1]));
        }
    }

    static Stream<Sample> samples() throws IOException {
        return new String(resource("README.md"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.matches("\\| \\S+\\.\\w+ \\|.*"))
                .map(Sample::of);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = WritersFilesTest.class.getResourceAsStream(SAMPLES + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    @DisplayName("P7: what a real writer wrote is whole, and no half of it is")
    void aWritersFileIsWholeAndNoHalfOfItIs(Sample sample) throws IOException {
        byte[] all = resource(sample.name);
        Path file = Files.write(folder.resolve("scan"), all);
        assertThat(Completeness.lacks(file)).isEmpty();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int length = all.length - 1; length >= MAGIC; length -= step(sample, length)) {
                channel.truncate(length);
                assertThat(Completeness.complete(file))
                        .as("cut to %d of %d octets", length, all.length)
                        .isEqualTo(sample.whole(length));
            }
        }
    }

    private static int step(Sample sample, int length) {
        return length < NEAR || sample.near(length) ? 1 : 101;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void thePagesOfAWritersFileAreCounted(Sample sample) throws IOException {
        Path file = Files.write(folder.resolve("scan"), resource(sample.name));
        OptionalInt pages = Pages.count(file, ContentTypes.ofName(sample.name));
        assertThat(pages.isPresent() ? String.valueOf(pages.getAsInt()) : "?").isEqualTo(sample.pages);
    }
}
