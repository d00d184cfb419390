package org.mailchute.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class RecordsTest {
    record Port(int number, long octets, boolean open) {}

    record Host(String name, List<String> others, Port port) {}

    private static Object tree(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    @Test
    void eachComponentIsReadByItsName() {
        Host read = Records.read(
                Host.class,
                tree("{port: {octets: 7, open: true, number: 25}, name: mail.contoso.com, others: [a, b]}"));
        assertThat(read).isEqualTo(new Host("mail.contoso.com", List.of("a", "b"), new Port(25, 7, true)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{number: 25, octets: 7}", // one is missing
                "{number: 25, octets: 7, open: true, closed: false}", // one too many
                "{number: , octets: 7, open: true}", // one is empty
                "{number: twenty, octets: 7, open: true}", // of another kind
                "{number: 25, octets: 7, open: yes}", // a word in YAML 1.2
                "[25, 7, true]",
                "" // nothing at all
            })
    void whatDoesNotFitIsRefused(String yaml) {
        assertThatIllegalArgumentException().isThrownBy(() -> Records.read(Port.class, tree(yaml)));
    }

    @Test
    void aFaultSaysTheKindAndWhatWasFound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Records.read(Port.class, Map.of("number", 25)))
                .withMessageContaining("Port")
                .withMessageContaining("octets")
                .withMessageContaining("{number=25}");
    }
}
