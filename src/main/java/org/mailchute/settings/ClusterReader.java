package org.mailchute.settings;

import java.time.Duration;
import java.util.Optional;
import org.mailchute.broker.BrokerPlan;
import org.mailchute.cluster.ClusterPlan;
import org.mailchute.database.Postgres;
import org.mailchute.settings.yaml.Section;

/** The section {@code cluster}: several gateways, one of which works; none where it is not there. */
final class ClusterReader {
    private static final Duration LEASE = Duration.ofSeconds(10);

    private ClusterReader() {}

    static Optional<ClusterPlan> read(Section top, BrokerPlan broker) {
        if (!top.has("cluster")) {
            return Optional.empty();
        }
        Section cluster = top.section("cluster");
        Duration lease = cluster.value("lease", Kinds.duration("4s", "60s"), LEASE);
        Section there = cluster.section("database");
        Optional<Postgres> database = PostgresReader.read(there);
        if (!there.has("url")) {
            there.missing("url", "the PostgreSQL in which the gateways agree on which one works");
        }
        if (!broker.elsewhere()) {
            cluster.fault(
                    "database",
                    "a cluster with the broker inside each gateway",
                    "broker.url too: what waits must be where the next gateway finds it");
        }
        return database.map(postgres -> new ClusterPlan(postgres, lease));
    }
}
