package org.mailchute.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What this Java was told, as it tells it itself. */
class SecondCompilerTest {
    @AfterEach
    void forget() throws Exception {
        SecondCompiler.ask("compilerDirectivesClear");
    }

    @Test
    void itIsKeptToWhatEnciphersEncodesAndCarriesOctets() throws Exception {
        SecondCompiler.tell();

        String told = SecondCompiler.ask("compilerDirectivesPrint");
        assertThat(told.indexOf("com/sun/crypto/provider/*.*"))
                .as(told)
                .isNotNegative()
                .isLessThan(told.indexOf("matching: *.*"));
    }

    @Test
    void itDoesNotWorkForAStart() throws Exception {
        SecondCompiler.tell();

        assertThat(SecondCompiler.ask("compilerDirectivesPrint"))
                .doesNotContain("jdk/internal/*.*", "jdk/internal/loader", "jdk/internal/org", "java/util/zip");
    }
}
