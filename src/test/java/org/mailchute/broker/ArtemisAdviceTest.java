package org.mailchute.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.junit.jupiter.api.Test;

class ArtemisAdviceTest {
    private static final AddressSettings RIGHT = new AddressSettings()
            .setDeadLetterAddress(SimpleString.of(Queues.DEAD_LETTERS))
            .setRedeliveryDelay(1_000);

    @Test
    void nothingMayLimitWhatWaitsOnDisk() throws Exception {
        assertThat(advice(RIGHT)).isEmpty();
        assertThat(advice(new AddressSettings(RIGHT).setPageLimitMessages(1_000L)))
                .singleElement()
                .asString()
                .contains("page-limit-messages of mailchute.#");
        assertThat(advice(new AddressSettings(RIGHT).setPageLimitBytes(1L << 30)))
                .hasSize(1);
    }

    @Test
    void nothingIsReadAheadWhateverTheUrlSays() {
        try (var factory = ArtemisClient.of("tcp://127.0.0.1:1?consumerWindowSize=1048576")) {
            assertThat(factory.getConsumerWindowSize()).isZero();
        }
    }

    private static List<String> advice(AddressSettings settings) throws Exception {
        return ArtemisAdvice.of(new ObjectMapper().readTree(settings.toJSON()));
    }
}
