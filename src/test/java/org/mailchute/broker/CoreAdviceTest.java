package org.mailchute.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoreAdviceTest {
    @ParameterizedTest
    @ValueSource(strings = {"2.55.0", "2.56.0", "2.6.4", "1.5.6", "2.40.0.redhat-1"})
    void anArtemisBeforeTheMendedOneIsWarnedOf(String version) {
        assertThat(CoreAdvice.onVersion(version))
                .hasValueSatisfying(warning -> assertThat(warning)
                        .startsWith("the broker at broker.url is Artemis " + version)
                        .contains("CVE-2026-49362", "update it to Artemis 2.57"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.57.0", "2.58.1", "3.0.0", "", "unknown"})
    void aMendedOneAndOneThatTellsNoVersionAreNot(String version) {
        assertThat(CoreAdvice.onVersion(version)).isEmpty();
    }
}
