package org.mailchute.border;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users may publish. Messages whose reading fails are our own doing here. */
class PublishedMessageTest {
    private static CoreMessage message(byte type) {
        CoreMessage message = new CoreMessage(1, 100);
        message.setType(type);
        return message;
    }

    private static CoreMessage text() {
        CoreMessage message = message(Message.TEXT_TYPE);
        message.getBodyBuffer().writeNullableSimpleString(SimpleString.of("{}"));
        return message;
    }

    @Test
    void textAndBytesAreTaken() {
        assertThat(PublishedMessage.fault(text())).isEmpty();
        assertThat(PublishedMessage.fault(message(Message.BYTES_TYPE))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(bytes = {Message.DEFAULT_TYPE, Message.OBJECT_TYPE, Message.MAP_TYPE, Message.STREAM_TYPE, 42})
    void nothingElseIs(byte type) {
        assertThat(PublishedMessage.fault(message(type)))
                .contains(
                        "a message that is neither text nor bytes: publish the request as a TextMessage or BytesMessage");
    }

    @Test
    @DisplayName("P9: what cannot be converted for a reader is refused with the reason, on one line")
    void whatCannotBeConvertedIsRefused() {
        Message odd = new CoreMessage(1, 100) {
            @Override
            public CoreMessage toCore() {
                throw new IllegalStateException("our own\ndoing");
            }
        };
        assertThat(PublishedMessage.fault(odd))
                .contains("a message that nobody can read (IllegalStateException: our own?doing)");
    }

    @Test
    void aTextThatCannotBeReadIsRefused() {
        CoreMessage odd = new CoreMessage(1, 100) {
            @Override
            public ActiveMQBuffer getReadOnlyBodyBuffer() {
                throw new IndexOutOfBoundsException("our own doing");
            }
        };
        odd.setType(Message.TEXT_TYPE);
        assertThat(PublishedMessage.fault(odd))
                .contains("a message that nobody can read (IndexOutOfBoundsException: our own doing)");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 8, 13, true",
        "1, 8, 14, false",
        "1, 8, 12, false",
        "1, 7, 12, false",
        "0, 8, 13, false",
        "1, -2, 3, false"
    })
    void aLargeTextIsAsLongAsItSays(byte marker, int length, long size, boolean whole) {
        ByteBuffer start = ByteBuffer.allocate(5).put(marker).putInt(length).flip();
        assertThat(PublishedMessage.asLongAsItSays(start, size)).isEqualTo(whole);
    }

    @Test
    void aLargeTextWithoutABeginningIsNotWhole() {
        assertThat(PublishedMessage.asLongAsItSays(ByteBuffer.allocate(0), 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"_AMQ_X", "__AMQ_X", "_HQ_X", "__HQ_X", "_AMQ", "_AMQ_ORIG_QUEUE"})
    void theBrokersOwnPropertiesAreRefused(String name) {
        assertThat(PublishedMessage.fault(text().putStringProperty(name, "x")))
                .contains("a message with the property \"" + name + "\": such names are the broker's own");
    }

    @Test
    void whatClientsSetByThemselvesIsTakenWhereItHoldsWhatTheySet() {
        CoreMessage usual = text();
        usual.putStringProperty("__AMQ_CID", "client").putStringProperty("_AMQ_GROUP_ID", "group");
        usual.putByteProperty("_AMQ_ROUTING_TYPE", (byte) 1);
        assertThat(PublishedMessage.fault(usual)).isEmpty();
        assertThat(PublishedMessage.fault(text().putStringProperty("_AMQ_ROUTING_TYPE", "x")))
                .isPresent();
    }

    @Test
    void whatShouldBeSaidOtherwiseIsTold() {
        assertThat(PublishedMessage.fault(text().putLongProperty("_AMQ_SCHED_DELIVERY", 1L)))
                .contains("a message for a later time: say notBefore in the request instead");
        assertThat(PublishedMessage.fault(text().putBooleanProperty("_AMQ_LARGE_COMPRESSED", true)))
                .contains("a compressed message: switch compressLargeMessages off");
        assertThat(PublishedMessage.fault(text().putBytesProperty("_AMQ_DUPL_ID", new byte[8])))
                .contains("a message with the broker's duplicate id: give the request an id instead");
    }
}
