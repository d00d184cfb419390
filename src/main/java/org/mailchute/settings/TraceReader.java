package org.mailchute.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mailchute.database.Postgres;
import org.mailchute.settings.yaml.Section;
import org.mailchute.tracestore.TracePlan;

/** The section {@code trace}: on, in a file below home, unless told otherwise. */
final class TraceReader {
    private static final Duration KEEP = Duration.ofDays(90);

    private TraceReader() {}

    /** @param cluster where several gateways agree: a file is one gateway's, and one that stands still would keep it from the others */
    static TracePlan read(Section trace, Optional<Postgres> cluster) {
        Optional<Postgres> own = PostgresReader.read(trace);
        for (String key : List.of("user", "password")) {
            if (trace.has(key) && own.isEmpty()) {
                trace.missing(
                        "url", "the database's URL, since its " + key + " is given; the file below home has none");
            }
        }
        return new TracePlan(
                trace.value("keep", Kinds.duration("0s", "3650d"), KEEP),
                trace.value("subjects", Kinds.FLAG, true),
                own.or(() -> cluster));
    }
}
