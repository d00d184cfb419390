package org.mailchute.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P9: whatever stands in the file, reading it ends soon, with a clear fault, and does nothing else. */
class HostileSettingsTest {
    @TempDir
    Path folder;

    private String faultOf(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("mailchute.yaml"), content);
        FaultySettings faulty = catchThrowableOfType(FaultySettings.class, () -> SettingsReader.read(file, Map.of()));
        assertThat(faulty.faults()).isNotEmpty();
        return String.valueOf(faulty.getMessage()).replace(folder + "/", "");
    }

    private String faultOf(String content) throws IOException {
        return faultOf(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aliasesThatMultiplyAreRefused() throws IOException {
        StringBuilder laughs = new StringBuilder("a0: &a0 [ha, ha]\n");
        for (int i = 1; i < 60; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(faultOf(laughs.toString())).contains("more than 50 aliases");
    }

    @Test
    void aliasesUpToTheLimitCannotMultiplyEither() throws IOException {
        String people = "[" + "a@contoso.com,".repeat(1000) + "]";
        String lanes = "*x,".repeat(20);
        assertThat(faultOf("x: &x " + people + "\naccept: {senders: [" + lanes + "]}\nlanes: [" + lanes + "]"))
                .contains("accept.senders: found a list");
    }

    @Test
    void aNodeThatContainsItselfIsNotFollowed() throws IOException {
        assertThat(faultOf("lanes: &a [*a]\nintake: &b {folders: [*b]}\n")).contains("lanes[1]: found a list");
    }

    @Test
    void depthCannotUseUpTheStack() throws IOException {
        assertThat(faultOf("a: " + "[".repeat(200_000))).contains("found more than 20 levels");
        assertThat(faultOf("a:" + " {a:".repeat(200_000))).contains("found more than 20 levels");
    }

    @Test
    void aGiantIsRefusedUnread() throws IOException {
        byte[] giant = new byte[10 << 20];
        Arrays.fill(giant, (byte) '#');
        assertThat(faultOf(giant))
                .isEqualTo("mailchute.yaml: found more than 1 MB, expected a settings file of at most 1 MB");
    }

    @Test
    void aNulIsRefusedWithItsLine() throws IOException {
        assertThat(faultOf("gateway:\n  name: a\0b\n"))
                .startsWith("mailchute.yaml:2: found the control character U+0000");
    }

    @Test
    void anotherCharacterSetIsRefusedWithItsLine() throws IOException {
        assertThat(faultOf("gateway:\n  name: M\u00fcller\n".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo("mailchute.yaml:2: found bytes that are not UTF-8, expected text saved as UTF-8");
        assertThat(faultOf("gateway: {}".getBytes(StandardCharsets.UTF_16))).contains("not UTF-8");
    }

    @Test
    void aTextCutShortWithinACharacterIsRefused() throws IOException {
        byte[] whole = "gateway: \u20ac".getBytes(StandardCharsets.UTF_8);
        assertThat(faultOf(Arrays.copyOf(whole, whole.length - 1))).contains("not UTF-8");
    }

    @Test
    void aFolderOrNothingIsNoSettingsFile() {
        assertThat(message(folder)).endsWith("found no plain file, expected a settings file");
        assertThat(message(folder.resolve("none.yaml")))
                .endsWith("found no such file, expected a settings file: mailchute init makes one");
    }

    private static String message(Path file) {
        FaultySettings faulty = catchThrowableOfType(FaultySettings.class, () -> SettingsReader.read(file, Map.of()));
        return String.valueOf(faulty.getMessage());
    }

    @Test
    void aFileWrongAllOverTellsItsFirstTwoHundredFaults() throws IOException {
        assertThat(faultOf("x: 1\n".repeat(10_000)).lines()).hasSize(200);
    }

    @Test
    void whatAReferenceStandsForIsNotLookedAtAgain() throws Exception {
        Files.writeString(folder.resolve("secret"), "${file:/etc/passwd}");
        assertThat(faultOf("gateway: {name: \"${file:secret}\", home: h}"))
                .contains("gateway.name: found \"${file:secret}\"");
    }

    @Test
    void aReferenceToAGiantIsRefused() throws Exception {
        Files.write(folder.resolve("giant"), new byte[1 << 20]);
        assertThat(faultOf("gateway: {name: \"${file:giant}\", home: h}")).contains("a file of at most 64 KB");
    }

    @Test
    void everyBeginningOfAFileIsRefusedOrReadWithoutAnythingElseThrown() throws Exception {
        byte[] whole = Files.readAllBytes(Path.of("src/test/resources/org/mailchute/settings/faults/lanes.yaml"));
        for (int length = 0; length < whole.length; length += 7) {
            assertThat(faultOf(Arrays.copyOf(whole, length))).isNotEmpty();
        }
    }

    @Test
    void noTimeIsEverTooLongToCount() {
        assertThat(Durations.parse("999999999d")).isGreaterThan(Duration.ofDays(1000));
        assertThat(Sizes.parse("999999999GB")).isPositive();
    }
}
