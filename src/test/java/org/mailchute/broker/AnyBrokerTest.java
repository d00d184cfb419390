package org.mailchute.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.gateway.OtherMachine;
import org.mailchute.gateway.Town;
import org.mailchute.simulator.Received;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.LogLines;
import org.mailchute.trace.DeliveryEvent.Kind;

/** A broker reached by a JMS 3 client that knows nothing of Artemis: Qpid JMS, over AMQP, by class name. */
class AnyBrokerTest {
    private static final String QPID = "org.apache.qpid.jms.JmsConnectionFactory";

    @RegisterExtension
    final Town town = new Town();

    private static BrokerPlan broker(String className, Map<String, String> properties) {
        return new BrokerPlan(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new AnyBroker.Factory(className, properties)),
                Optional.empty());
    }

    private static void open(String className, Map<String, String> properties) {
        BrokerPlan broker = broker(className, properties);
        AnyBroker.open(broker, broker.factory().orElseThrow(), Clock.systemUTC());
    }

    @Test
    void scansRequestsAndRetriesPassThroughAnotherClient() throws Exception {
        Certificates authority = new Certificates();
        try (OtherMachine machine = OtherMachine.prepared(town.root().resolve("other"), authority)
                        .start();
                LogLines log = LogLines.of("org.mailchute.broker.AnyBroker")) {
            Path password = Files.writeString(town.root().resolve("password"), "gateway-secret");
            town.withBroker(
                            "factory: {class: %s, properties: [\"remoteURI=amqps://localhost:%d?jms.prefetchPolicy.all=0&transport.trustStoreType=PKCS12&transport.trustStorePassword=secret&transport.trustStoreLocation=%s\"]}, user: gateway, password: \"${file:%s}\""
                                    .formatted(
                                            QPID,
                                            machine.port(),
                                            authority.trustStore(town.root(), "secret"),
                                            password))
                    .start();
            assertThat(log.lines()).anyMatch(line -> line.contains("detects no duplicates"));

            town.scan("scans", "one.txt", "scanned");
            town.publish(
                    "{\"to\": [\"buyer@fabrikam.example\", \"busy@contoso.example\"], \"subject\": \"S\", \"text\": \"T\"}");

            town.awaitEvent(Kind.DEFERRED);
            assertThat(town.awaitReceived(3))
                    .flatExtracting(Received::recipients)
                    .contains("anna@contoso.example", "buyer@fabrikam.example", "busy@contoso.example");
            town.awaitEmptySpool();
            Instant again = town.events(Kind.ACCEPTED).stream()
                    .filter(event -> event.recipients().contains("busy@contoso.example"))
                    .findFirst()
                    .orElseThrow()
                    .time();
            assertThat(again)
                    .as("the wait, by delivery delay, was kept")
                    .isAfterOrEqualTo(town.events(Kind.DEFERRED)
                            .get(0)
                            .next()
                            .orElseThrow()
                            .truncatedTo(ChronoUnit.MILLIS));
            town.stop(); // before its broker
        }
    }

    @Test
    void whatIsNoConnectionFactoryIsToldInOneLine() {
        assertThatThrownBy(() -> open("org.example.Missing", Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("broker.factory.class org.example.Missing cannot be made")
                .hasMessageContaining("java -cp mailchute.jar:CLIENT.jar");
        assertThatThrownBy(() -> open("java.lang.Object", Map.of()))
                .hasMessageContaining("is no jakarta.jms.ConnectionFactory");
        assertThatThrownBy(() -> open(QPID, Map.of("remoteUri", "x")))
                .hasMessage("broker.factory.properties do not fit " + QPID + ": it has no property remoteUri");
        assertThatThrownBy(() -> open(QPID, Map.of("remoteURI", "amqp://localhost:1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the broker cannot be used by " + QPID);
    }
}
