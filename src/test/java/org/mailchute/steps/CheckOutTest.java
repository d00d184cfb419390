package org.mailchute.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsBinding;
import org.apache.camel.component.jms.JmsMessage;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.spool.DiskRoom;
import org.mailchute.spool.Spool;

class CheckOutTest {
    @TempDir
    Path home;

    /** Of an object that is told when it would be made. */
    private static ObjectMessage object(List<String> asked) {
        return (ObjectMessage) Proxy.newProxyInstance(
                CheckOutTest.class.getClassLoader(),
                new Class<?>[] {ObjectMessage.class},
                (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    return method.getName().equals("getJMSMessageID") ? "ID:1" : null;
                });
    }

    private static Exchange exchange(Message message) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setMessage(new JmsMessage(exchange, message, null, new JmsBinding()));
        return exchange;
    }

    @Test
    @DisplayName("P9: an object in a lane's queue, at a broker that others use too, is never made")
    void anObjectInALanesQueueIsNeverMade() throws Exception {
        CheckOut checkOut = new CheckOut(Spool.open(home), Map.of(), DiskRoom.of(home));
        List<String> asked = new ArrayList<>();

        assertThatThrownBy(() -> checkOut.checkOut(exchange(object(asked))))
                .hasMessage("the message ID:1 in a lane's queue is none of ours: look at who sends there");

        assertThat(asked).doesNotContain("getObject");
    }
}
