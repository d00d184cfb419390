package org.mailchute.gateway;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.impl.health.ConsumerHealthCheck;
import org.apache.camel.impl.health.ConsumersHealthCheckRepository;
import org.apache.camel.impl.health.ContextHealthCheck;
import org.apache.camel.impl.health.RoutesHealthCheckRepository;
import org.apache.camel.support.DefaultConsumer;
import org.mailchute.intakes.Ground;
import org.mailchute.intakes.IntakeKind;
import org.mailchute.limits.LaneState;
import org.mailchute.management.Health;
import org.mailchute.management.LaneReport;
import org.mailchute.management.Running;
import org.mailchute.spool.DiskRoom;

/**
 * The health of the context by {@code camel-health}: Camel's own checks of context, routes and consumers, and ours of disk, broker and
 * lanes. Each answers from what is known: none asks the broker or a server. Whoever else asks Camel, such as Hawtio, is told the same.
 */
final class HealthChecks {
    /** Camel shows a check's details only where it is asked for all of them. */
    private static final String ALL = "full";

    private static final String INTAKE = "intake";
    private static final String LANE = "lane:";

    /** Of Camel's own details others name users and folders of servers. */
    private static final Set<String> SHOWN = Set.of(
            "context.status", "route.status", INTAKE, "state", "until", "nextProbe", "used", "version", "settings");

    private final CamelContext context;
    private final HealthCheckRegistry registry;

    HealthChecks(CamelContext context) {
        this.context = context;
        this.registry = HealthCheckRegistry.get(context);
        registry.register(new ContextHealthCheck());
        ofRoutes();
    }

    private void ofRoutes() {
        registry.register(new RoutesHealthCheckRepository());
        registry.register(new ConsumersHealthCheckRepository());
    }

    /** Camel (4.18) remembers each route and consumer that it looked at, and with them all of an intake that has gone. */
    void forget() {
        registry.getRepository("routes").ifPresent(registry::unregister);
        registry.getRepository("consumers").ifPresent(registry::unregister);
        ofRoutes();
    }

    /** Also where it is asked only whether it lives. */
    HealthChecks with(Supplier<Running> running) {
        registry.register(
                new Known("mailchute", Optional::empty, () -> running.get().data()) {
                    @Override
                    public boolean isLiveness() {
                        return true;
                    }
                });
        return this;
    }

    HealthChecks with(DiskRoom disk) {
        registry.register(new Known("disk", disk::fault, () -> Map.of("used", "%.0f %%".formatted(disk.used() * 100))));
        return this;
    }

    /** @param fault why it cannot be reached; empty when it can */
    HealthChecks withBroker(Supplier<Optional<String>> fault) {
        registry.register(new Known(
                "broker", () -> fault.get().map(why -> "the broker cannot be reached (" + why + ")"), Map::of));
        return this;
    }

    /** @param trouble why it may have to stop soon; empty while it need not */
    HealthChecks withCluster(Supplier<Optional<String>> trouble) {
        registry.register(new Known("cluster", trouble, Map::of));
        return this;
    }

    /** A stopped lane is not down: it says when it goes on, its messages wait or take another, and all else does its work. */
    void with(String lane, Supplier<LaneState> state) {
        registry.register(new Known(LANE + lane, Optional::empty, () -> data(state.get())));
    }

    void without(String lane) {
        registry.getCheck(LANE + lane).ifPresent(registry::unregister);
    }

    /** Without its cause, which quotes the server. */
    private static Map<String, String> data(LaneState state) {
        Map<String, String> data = new HashMap<>(Map.of("state", LaneReport.name(state)));
        if (state instanceof LaneState.Paused paused) {
            data.put("until", paused.until().toString());
        } else if (state instanceof LaneState.Held held) {
            held.nextProbe().ifPresent(probe -> data.put("nextProbe", probe.toString()));
        }
        return data;
    }

    /** Its consumer, whose route is there, says what the intake knows: in Camel's eyes one that has not polled yet is down. */
    void tell(IntakeKind intake) {
        Route route = context.getRoute(Ground.routeId(intake.name()));
        if (route.getConsumer() instanceof DefaultConsumer consumer) {
            consumer.setHealthCheck(new Known(
                    intake.label(),
                    () -> intake.trouble().map(what -> "intake " + intake.name() + " " + what + ", see the log"),
                    () -> Map.of(INTAKE, intake.label())));
        }
    }

    /** Whether it can do its work. */
    Health ready() {
        return health(HealthCheckHelper.invokeReadiness(context, ALL));
    }

    /** Whether it is worth waiting for. */
    Health live() {
        return health(HealthCheckHelper.invokeLiveness(context, ALL));
    }

    private static Health health(Collection<HealthCheck.Result> results) {
        return new Health(results.stream().map(HealthChecks::check).toList());
    }

    private static Health.Check check(HealthCheck.Result result) {
        Map<String, String> data = new TreeMap<>();
        result.getDetails().forEach((name, value) -> {
            if (SHOWN.contains(name)) {
                data.put(name, String.valueOf(value));
            }
        });
        if (result.getState() == HealthCheck.State.DOWN) {
            cause(result).ifPresent(why -> data.put(Health.Check.CAUSE, why));
        }
        return new Health.Check(result.getCheck().getId(), result.getState().name(), data);
    }

    /** Of a consumer that is none of an intake's Camel says where it polls, and as whom. */
    private static Optional<String> cause(HealthCheck.Result result) {
        boolean foreign = result.getCheck() instanceof ConsumerHealthCheck
                && "Started".equals(result.getDetails().get("route.status"))
                && !result.getDetails().containsKey(INTAKE);
        return foreign ? Optional.of(result.getCheck().getId() + " fails, see the log") : result.getMessage();
    }

    /** Says what somebody knows. */
    private static class Known extends AbstractHealthCheck {
        private final Supplier<Optional<String>> fault;
        private final Supplier<Map<String, String>> data;

        Known(String id, Supplier<Optional<String>> fault, Supplier<Map<String, String>> data) {
            super("mailchute", id);
            this.fault = fault;
            this.data = data;
        }

        /** After the context, before routes and consumers, which have none. */
        @Override
        public int getOrder() {
            return 0;
        }

        @Override
        protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
            data.get().forEach(builder::detail);
            fault.get().ifPresentOrElse(why -> builder.message(why).down(), builder::up);
        }
    }
}
