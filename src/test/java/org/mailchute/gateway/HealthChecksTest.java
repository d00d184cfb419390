package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailchute.gateway.routes.CamelContexts;
import org.mailchute.management.Health;
import org.mailchute.management.Health.Check;
import org.mailchute.testing.DeadPort;

/** What Camel's health says of routes that are no intake's and no lane's. */
class HealthChecksTest {
    private final CamelContext context = CamelContexts.withoutJmx();
    private final HealthChecks health = new HealthChecks(context);

    @AfterEach
    void stop() {
        context.stop();
    }

    private void route(String id, String from, boolean starts) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId(id).autoStartup(starts).to("log:x");
            }
        });
    }

    private static Check check(Health health, String name) {
        return health.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aContextIsNeitherReadyNorAliveBeforeItsStartAndAfterItsEnd() {
        assertThat(check(health.ready(), "context").status()).isEqualTo("DOWN");
        context.start();
        assertThat(check(health.ready(), "context")).isEqualTo(check(health.live(), "context"));
        assertThat(check(health.live(), "context"))
                .isEqualTo(new Check("context", "UP", Map.of("context.status", "Started")));
        context.stop();
        assertThat(check(health.live(), "context").status()).isEqualTo("DOWN");
    }

    @Test
    void aStoppedRouteIsDownAndOneThatDoesNotStartByItselfIsNot() throws Exception {
        route("own", "direct:own", true);
        route("by-hand", "direct:by-hand", false);
        context.start();
        assertThat(health.ready().checks())
                .extracting(Check::name, Check::status)
                .contains(tuple("route:own", "UP"), tuple("route:by-hand", "UP"), tuple("consumer:by-hand", "UP"));
        context.getRouteController().stopRoute("own");
        assertThat(check(health.ready(), "route:own").data())
                .isEqualTo(Map.of("route.status", "Stopped", "cause", "Route own has status Stopped"));
        assertThat(health.live().checks()).extracting(Check::name).containsExactly("context");
    }

    @Test
    void whereAndAsWhomAConsumerPollsInVainIsNotTold() throws Exception {
        try (DeadPort nobody = new DeadPort()) {
            route(
                    "own",
                    "ftp:anna@localhost:" + nobody.number()
                            + "/secret?password=word&initialDelay=0&delay=100&throwExceptionOnConnectFailed=true&maximumReconnectAttempts=0",
                    true);
            context.start();
            await("polled")
                    .until(() -> check(health.ready(), "consumer:own")
                            .data()
                            .toString()
                            .contains("cause"));
            assertThat(check(health.ready(), "consumer:own"))
                    .isEqualTo(new Check(
                            "consumer:own",
                            "DOWN",
                            Map.of("route.status", "Started", "cause", "consumer:own fails, see the log")));
        }
    }

    @Test
    void theBrokerIsDownWithItsClientsReason() {
        assertThat(check(health.withBroker(() -> Optional.of("refused")).ready(), "broker")
                        .data())
                .isEqualTo(Map.of("cause", "the broker cannot be reached (refused)"));
    }
}
