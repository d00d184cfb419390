package org.mailchute.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailchute.credentials.AppProof;
import org.mailchute.credentials.PasswordHash;
import org.mailchute.door.Role;

/**
 * Who may come into the console, and how.
 *
 * @param enabled there is one
 * @param users who sign in with a password
 * @param entra where people sign in with Entra
 * @param session until who does nothing is signed out
 * @param sessionMost until everybody is
 */
public record ConsoleSettings(
        boolean enabled, List<User> users, Optional<Entra> entra, Duration session, Duration sessionMost) {
    /** One person. */
    public record User(String name, PasswordHash password, Role role) {}

    /**
     * OpenID Connect with Entra.
     *
     * @param authority with the tenant and a slash
     * @param groups by object id, in lower case
     * @param redirect the console's address in people's browsers, without a path
     * @param trust authorities to trust as well as Java's own
     */
    public record Entra(
            String authority,
            String clientId,
            AppProof proof,
            Map<String, Role> groups,
            URI redirect,
            Optional<Path> trust) {}

    /** The same for who has a link of this machine's, and for nobody else. */
    public ConsoleSettings byLink() {
        return new ConsoleSettings(enabled, List.of(), Optional.empty(), session, sessionMost);
    }
}
