package org.mailchute.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.simulator.Scenario.Mailbox;
import org.mailchute.simulator.Scenario.Rule;

class ScenarioFileTest {
    @TempDir
    private Path folder;

    private Scenario read(String text) throws IOException {
        return Scenario.read(Files.writeString(folder.resolve("scenario.yaml"), text));
    }

    @Test
    void theExampleIsTheStandardScenarioWithEveryKey() throws Exception {
        assertThat(Scenario.read(Path.of("deploy/examples/scenario.yaml"))).isEqualTo(Scenario.standard());
    }

    @Test
    void anEmptyFileIsTheStandardScenario() throws Exception {
        assertThat(read("# nothing\n")).isEqualTo(Scenario.standard());
    }

    @Test
    void aKeyReplacesAndAMapIsLaidOver() throws Exception {
        Scenario scenario = read("{acceptedDomains: [Fabrikam.Example], connector: {addresses: [127.0.0.1]}}");
        assertThat(scenario.acceptedDomains()).containsExactly("fabrikam.example");
        assertThat(scenario.connector().addresses()).containsExactly("127.0.0.1");
        assertThat(scenario.connector().domain()).isEqualTo("contoso.example");
        assertThat(scenario.rules()).isEqualTo(Scenario.standard().rules());
    }

    @Test
    void jsonIsReadToo() throws Exception {
        assertThat(read("{\"delayMillis\": 20, \"rejectDirectSend\": true}"))
                .isEqualTo(Scenario.standard().with("delayMillis", 20).with("rejectDirectSend", true));
    }

    @Test
    void aRuleWithoutTimesAppliesAlwaysAndALostOneNeedsNoReply() throws Exception {
        assertThat(read("rules: [{match: anna, at: lost}]").rules())
                .containsExactly(new Rule("anna", At.LOST, Integer.MAX_VALUE, ""));
    }

    @Test
    void aMailboxNeedsItsAddressOnly() throws Exception {
        assertThat(read("mailboxes: [{address: a@contoso.example}]").mailboxes())
                .containsExactly(new Mailbox("a@contoso.example", "", List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acceptedDomain: [x] | acceptedDomain",
                "rules: [{match: a, at: RCPT, reply: 451 x}, {match: b, at: BEFORE}] | rules[1].at",
                "rules: [{at: RCPT, reply: 451 x}] | match",
                "rules: [{match: a, at: RCPT, reply: soon}] | not a reply line",
                "delayMillis: -1 | delayMillis must be 0 or more",
                "delayMillis: soon | delayMillis",
                "connector: | connector",
                "'[1, 2]' | a map of keys",
                "'a: [' | not YAML"
            })
    void aFaultNamesFileAndPlace(String text, String said) {
        String yaml = text.replaceAll("^'|'$", "");
        assertThatIOException()
                .isThrownBy(() -> read(yaml))
                .withMessageContaining("scenario.yaml: ")
                .withMessageContaining(said);
    }

    @Test
    void noSecretIsShownByToString() {
        assertThat(Scenario.standard().toString()).doesNotContain("demo-client-secret", "demo-mailbox-password");
    }
}
