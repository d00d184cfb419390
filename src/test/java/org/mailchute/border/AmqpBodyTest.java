package org.mailchute.border;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPStandardMessage;
import org.apache.activemq.artemis.protocol.amqp.util.NettyWritable;
import org.apache.activemq.artemis.protocol.amqp.util.TLSEncode;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms of body that AMQP 1.0 has (part 3, 3.2). */
class AmqpBodyTest {
    private static final Data ONE = new Data(new Binary(new byte[] {1, 2, 3}));
    private static final Data TWO = new Data(new Binary(new byte[] {4}));

    private static AMQPStandardMessage message(List<? extends Section> body) {
        ByteBuf octets = Unpooled.buffer();
        TLSEncode.getEncoder().setByteBuffer(new NettyWritable(octets));
        TLSEncode.getEncoder().writeObject(new Header());
        TLSEncode.getEncoder().writeObject(new ApplicationProperties(Map.of("mailRequest", "{\"body\": true}")));
        body.forEach(TLSEncode.getEncoder()::writeObject);
        byte[] encoded = new byte[octets.readableBytes()];
        octets.readBytes(encoded);
        return new AMQPStandardMessage(0, encoded, null);
    }

    static List<List<Section>> whole() {
        return List.of(
                List.of(),
                List.of(ONE),
                List.of(new AmqpValue("text")),
                List.of(new AmqpValue(null)),
                List.of(new AmqpValue(new Binary(new byte[] {1}))));
    }

    @ParameterizedTest
    @MethodSource("whole")
    void oneSectionOfTextOrOctetsIsTaken(List<Section> body) {
        assertThat(PublishedMessage.fault(message(body))).isEmpty();
    }

    @Test
    @DisplayName(
            "P3: a body in several sections, of which a reader would see the first alone, is refused with the reason")
    void severalSectionsAreRefused() {
        assertThat(PublishedMessage.fault(message(List.of(ONE, TWO))))
                .contains("a message whose body is in 2 sections: send it as one data section, or as a string");
    }

    static List<List<Section>> odd() {
        return List.of(
                List.of(new AmqpValue(7)),
                List.of(new AmqpValue(true)),
                List.of(new AmqpValue(Symbol.valueOf("x"))),
                List.of(new AmqpValue(List.of("x"))),
                List.of(new AmqpValue(Map.of("x", "y"))),
                List.of(new AmqpSequence(List.of("x"))));
    }

    @ParameterizedTest
    @MethodSource("odd")
    void whatIsNeitherTextNorOctetsIsRefused(List<Section> body) {
        assertThat(PublishedMessage.fault(message(body)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("neither text nor"));
    }
}
