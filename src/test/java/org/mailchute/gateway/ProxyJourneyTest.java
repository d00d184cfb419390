package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.testing.ConnectProxy;
import org.mailchute.trace.DeliveryEvent.Kind;

/** HTTPS that goes through a proxy: to Entra and to Graph, and SMTP that does not. */
class ProxyJourneyTest {
    private static final String LOGIN = "gateway:proxy secret";

    @RegisterExtension
    final Town town = new Town().withoutConnector();

    private Town through(ConnectProxy proxy, String more) throws Exception {
        Files.writeString(town.folder("secrets").resolve("proxy"), "proxy secret");
        return town.withGatewayOptions("proxy: {host: 127.0.0.1, port: %d%s}".formatted(proxy.port(), more))
                .withGraph("graph", "scanner@contoso.example", "messagesPerMinute: 0, probe: 1s")
                .withRule("{domain: fabrikam.example, lane: graph}");
    }

    private String asked() throws Exception {
        return ", user: gateway, password: \"${file:" + town.folder("secrets").resolve("proxy") + "}\"";
    }

    @Test
    void tokenAndMessageGoThroughItWithItsLogin() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(LOGIN)) {
            through(proxy, asked()).start();

            town.publish(Letters.letter("buyer@fabrikam.example"));

            assertThat(town.awaitReceived(1).get(0).option()).isEqualTo("graph");
            String server = "localhost:" + town.microsoft365().graphPort();
            assertThat(proxy.opened()).hasSizeGreaterThanOrEqualTo(2).containsOnly(server);
        }
    }

    @Test
    void withoutItsLoginNothingPassesAndTheLaneWaits() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(LOGIN)) {
            through(proxy, "").start();

            town.publish(Letters.letter("buyer@fabrikam.example"));

            assertThat(town.awaitEvent(Kind.LANE_HELD).remedy()).startsWith("Set user and password of gateway.proxy");
            assertThat(proxy.opened()).isEmpty();
        }
    }

    @Test
    void whereGraphAloneGoesThroughItTheLaneIsHeldForItsLoginToo() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(LOGIN)) {
            town.withAuthority("https://127.0.0.1:" + town.microsoft365().graphPort() + "/contoso.example/");
            through(proxy, ", except: [127.0.0.1]").start();

            town.publish(Letters.letter("buyer@fabrikam.example"));

            assertThat(town.awaitEvent(Kind.LANE_HELD).reply()).startsWith("407 ");
            assertThat(proxy.opened()).isEmpty();
        }
    }

    @Test
    void whoIsExceptedIsReachedWithoutIt() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(LOGIN)) {
            through(proxy, ", except: [localhost]").start();

            town.publish(Letters.letter("buyer@fabrikam.example"));

            town.awaitReceived(1);
            assertThat(proxy.opened()).isEmpty();
        }
    }
}
