package org.mailchute.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.micrometer.eventnotifier.MicrometerExchangeEventNotifierNamingStrategy;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyConfiguration;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;

/**
 * The figures of each Camel route, users' own ones too, under the names that camel-micrometer gives them: {@code camel.route.policy} (a
 * timer), {@code camel.exchanges.*} (failed, handled, redelivered by the broker, in flight).
 */
final class RouteMeters {
    private static final MicrometerExchangeEventNotifierNamingStrategy NAMES =
            MicrometerExchangeEventNotifierNamingStrategy.DEFAULT;

    private RouteMeters() {}

    /** For the routes that are added from now on. */
    static void of(CamelContext context, MeterRegistry meters) {
        MicrometerRoutePolicyFactory policies = new MicrometerRoutePolicyFactory();
        policies.setMeterRegistry(meters);
        policies.setPolicyConfiguration(configuration());
        policies.setSkipCamelInfo(true);
        context.addRoutePolicyFactory(policies);
    }

    /** Without what the others add up to. */
    private static MicrometerRoutePolicyConfiguration configuration() {
        MicrometerRoutePolicyConfiguration each = new MicrometerRoutePolicyConfiguration();
        each.setContextEnabled(false);
        each.setExchangesTotal(false);
        each.setExchangesSucceeded(false);
        return each;
    }

    /**
     * Of the routes that are there now. Camel counts them anyhow, so that reading costs a message nothing; camel-micrometer's own event
     * notifier would look at each step that sends, and time each endpoint.
     */
    static void inFlight(CamelContext context, MeterRegistry meters) {
        String name = NAMES.getInflightExchangesName();
        meters.find(name).meters().forEach(meters::remove); // those of routes that have gone
        for (Route route : context.getRoutes()) {
            Gauge.builder(name, context, all -> inFlight(all, route.getId()))
                    .description("Route inflight messages")
                    .tags(NAMES.getInflightExchangesTags(context, route.getId()))
                    .register(meters);
        }
    }

    private static int inFlight(CamelContext context, String route) {
        return context.getInflightRepository().size(route);
    }
}
