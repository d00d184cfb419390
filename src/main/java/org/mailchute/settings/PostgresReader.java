package org.mailchute.settings;

import java.util.Optional;
import org.mailchute.credentials.SecretText;
import org.mailchute.database.Postgres;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** Where a PostgreSQL is, by the keys {@code url}, {@code user} and {@code password} of a section. */
final class PostgresReader {
    private static final Kind<String> URL = Kinds.text(
            "a PostgreSQL such as jdbc:postgresql://database.contoso.com/mailchute?sslmode=verify-full, without user and password",
            text -> text.matches("jdbc:postgresql:[\\x21-\\x7E]{1,1000}") && !text.matches(".*[?&](user|password)=.*"));
    private static final String NEAR = "jdbc:postgresql:(//(localhost|127\\.[0-9.]+|\\[::1])[:/].*|[^/].*)";

    private PostgresReader() {}

    /** Empty where no URL is, whatever else. */
    static Optional<Postgres> read(Section section) {
        Optional<String> user = section.optional("user", Kinds.LINE);
        Optional<SecretText> password = section.optional("password", Kinds.SECRET);
        Optional<Postgres> postgres = section.optional("url", URL).map(url -> new Postgres(url, user, password));
        postgres.filter(there -> !there.url().matches(NEAR) && !there.url().contains("sslmode=verify-full"))
                .ifPresent(there -> section.warning(
                        "url",
                        "no proof of who it is",
                        "sslmode=verify-full: else who stands between can read all of it"));
        return postgres;
    }
}
