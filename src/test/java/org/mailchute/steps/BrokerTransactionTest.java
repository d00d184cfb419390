package org.mailchute.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.mailchute.limits.Lead;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.jms.core.JmsTemplate;

class BrokerTransactionTest {
    private static final String BROKER =
            "vm://" + BrokerTransactionTest.class.getSimpleName().hashCode();

    private final AtomicInteger begun = new AtomicInteger();

    @Test
    void ofTheSameInputTwiceAtOnceTheBrokerTakesOne() throws Exception {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl()
                        .setPersistenceEnabled(false)
                        .setSecurityEnabled(false)
                        .addAcceptorConfiguration("in", BROKER))
                .start();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(BROKER);
                CamelContext context = new DefaultCamelContext()) {
            JmsTemplate jms = new JmsTemplate(factory);
            jms.setSessionTransacted(true);
            BrokerTransaction transaction = new BrokerTransaction(new JmsTransactionManager(factory), Lead.ALONE);
            Thread[] both = new Thread[2];
            Processor enqueue = transaction.wrap(exchange -> {
                begun.incrementAndGet();
                jms.convertAndSend("events", "received", message -> {
                    message.setStringProperty(Events.DUPLICATE_ID, "one");
                    return message;
                });
                Thread other = both[0] == Thread.currentThread() ? both[1] : both[0];
                await().until(() -> begun.get() == 2 || other.getState() == Thread.State.BLOCKED);
            });
            for (int number = 0; number < 2; number++) {
                both[number] = new Thread(() -> handIn(enqueue, context));
            }
            for (Thread each : both) {
                each.start();
            }
            for (Thread each : both) {
                each.join();
            }
            assertThat(begun).hasValue(2);
            assertThat(broker.getActiveMQServer()
                            .locateQueue(SimpleString.of("events"))
                            .getMessageCount())
                    .isOne();
        } finally {
            broker.stop();
        }
    }

    private static void handIn(Processor enqueue, CamelContext context) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty(MakeTicket.DUPLICATE_ID, "one");
        try {
            enqueue.process(exchange);
        } catch (Exception e) {
            exchange.setException(e); // the broker refuses the second
        }
    }
}
