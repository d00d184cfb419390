package org.mailchute.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.LogLines;

class NoteLinesTest {
    @TempDir
    Path folder;

    private List<Integer> read(byte[] content) throws IOException {
        List<Integer> read = new ArrayList<>();
        Path file = Files.write(folder.resolve("notes"), content);
        new NoteLines(file).read(line -> read.add(Integer.valueOf(line)), "it may come twice");
        return read;
    }

    @Test
    void whatIsNoNoteIsLeftOutAndToldOfOnce() throws IOException {
        try (LogLines log = LogLines.of(NoteLines.class.getName())) {
            assertThat(read(new byte[] {'1', '\n', (byte) 0xff, '\n', '3', '\n', 0, '\n', '5', '\n'}))
                    .containsExactly(1, 3, 5);
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .singleElement()
                    .asString()
                    .endsWith("notes: line 2, 4 cannot be read and is left out: it may come twice");
        }
    }

    @Test
    void aLineCutShortByACrashIsNoNoteAndNoFault() throws IOException {
        try (LogLines log = LogLines.of(NoteLines.class.getName())) {
            assertThat(read(new byte[] {'1', '\n', '2'})).containsExactly(1);
            assertThat(read(new byte[0])).isEmpty();
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void ofAWholeFileOfGarbageSomeLinesAreNamed() throws IOException {
        try (LogLines log = LogLines.of(NoteLines.class.getName())) {
            assertThat(read("x\n".repeat(50).getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                    .isEmpty();
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .singleElement()
                    .asString()
                    .contains("line 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 40 more cannot be read");
        }
    }
}
