package org.mailchute.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mailchute.credentials.SecretText;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;
import org.mailchute.tracestore.TracePlan;

/** The section {@code trace}: on, in a file below home, unless told otherwise. */
final class TraceReader {
    private static final Duration KEEP = Duration.ofDays(90);
    private static final Kind<String> URL = Kinds.text(
            "a PostgreSQL such as jdbc:postgresql://database.contoso.com/mailchute?sslmode=verify-full, without user and password",
            text -> text.matches("jdbc:postgresql:[\\x21-\\x7E]{1,1000}") && !text.matches(".*[?&](user|password)=.*"));
    private static final String NEAR = "jdbc:postgresql:(//(localhost|127\\.[0-9.]+|\\[::1])[:/].*|[^/].*)";

    private TraceReader() {}

    static TracePlan read(Section trace) {
        Optional<String> user = trace.optional("user", Kinds.LINE);
        Optional<SecretText> password = trace.optional("password", Kinds.SECRET);
        Optional<TracePlan.Postgres> postgres =
                trace.optional("url", URL).map(url -> new TracePlan.Postgres(url, user, password));
        postgres.filter(there -> !there.url().matches(NEAR) && !there.url().contains("sslmode=verify-full"))
                .ifPresent(there -> trace.warning(
                        "url",
                        "no proof of who it is",
                        "sslmode=verify-full: else who stands between can read all of it"));
        for (String key : List.of("user", "password")) {
            if (trace.has(key) && postgres.isEmpty()) {
                trace.missing(
                        "url", "the database's URL, since its " + key + " is given; the file below home has none");
            }
        }
        return new TracePlan(
                trace.value("keep", Kinds.duration("0s", "3650d"), KEEP),
                trace.value("subjects", Kinds.FLAG, true),
                postgres);
    }
}
