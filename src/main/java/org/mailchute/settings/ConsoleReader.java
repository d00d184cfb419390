package org.mailchute.settings;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mailchute.credentials.PasswordHash;
import org.mailchute.door.Role;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** The section {@code console}: on loopback it is there, beyond it only by TLS and with a sign-in (promise P9). */
record ConsoleReader(Section console, ManagementSettings management, Cloud cloud) {
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration MOST = Duration.ofHours(12);
    private static final Kind<String> NAME = Kinds.text(
            "a name of letters, digits and . _ @ -, at most 64", text -> text.matches("[A-Za-z0-9._@-]{1,64}"));
    private static final Kind<Role> ROLE = Kinds.oneOf(List.of(Role.values()));
    private static final Kind<String> GROUP =
            Kinds.text("the object id of a group, such as 11111111-2222-3333-4444-555555555555", AppReader::id);
    private static final Kind<PasswordHash> HASH = new Kind<>(
            "by ${env:NAME} or ${file:/path} what mailchute password prints",
            PasswordHash.NOBODYS,
            true,
            PasswordHash::parse);

    private static final Kind<URI> REDIRECT = new Kind<>(
            "where browsers find the console, such as https://mailchute.contoso.com:8025, without a path",
            URI.create("https://localhost"),
            ConsoleReader::origin);

    ConsoleSettings read() {
        List<ConsoleSettings.User> users = users();
        Optional<ConsoleSettings.Entra> entra =
                console.has("entra") ? Optional.of(entra(console.section("entra"))) : Optional.empty();
        boolean login = !users.isEmpty() || entra.isPresent();
        boolean on = !management.bind().isEmpty();
        boolean enabled = console.value("enabled", Kinds.FLAG, on && (login || !management.isOpen()));
        if (enabled) {
            guarded(login);
        }
        return new ConsoleSettings(
                enabled && on,
                users,
                entra,
                console.value("session", Kinds.duration("1m", "24h"), IDLE),
                console.value("sessionMost", Kinds.duration("1m", "7d"), MOST));
    }

    private void guarded(boolean login) {
        if (management.bind().isEmpty()) {
            console.fault("enabled", "true without an address", "management.bind, or enabled: false");
        }
        if (!management.isOpen()) {
            return;
        }
        String beyond = "management.bind leads beyond this machine";
        if (management.certificate().isEmpty()) {
            console.fault(
                    "enabled",
                    "a console without TLS",
                    "management.certificate with chain and key, since " + beyond + "; or enabled: false");
        }
        if (!login) {
            console.fault(
                    "enabled",
                    "a console without a sign-in",
                    "users or entra, since " + beyond + "; or enabled: false");
        }
    }

    private List<ConsoleSettings.User> users() {
        List<Section> sections = console.sections("users");
        OneName.each(sections.stream());
        return sections.stream()
                .map(user -> new ConsoleSettings.User(
                        user.required("name", NAME), user.required("password", HASH), user.required("role", ROLE)))
                .toList();
    }

    private ConsoleSettings.Entra entra(Section entra) {
        AppReader app = new AppReader(entra, cloud);
        app.refuseNoneAndTwo(AppReader.PROOFS);
        return new ConsoleSettings.Entra(
                app.authority(),
                app.clientId(),
                AppReader.first(app.proofs()),
                groups(entra),
                entra.required("redirect", REDIRECT),
                entra.optional("trust", entra.path()));
    }

    private static Map<String, Role> groups(Section entra) {
        Map<String, Role> groups = new HashMap<>();
        for (Section group : entra.sections("groups")) {
            String id = group.required("id", GROUP).toLowerCase(Locale.ROOT);
            if (groups.put(id, group.required("role", ROLE)) != null) {
                group.fault("id", "a group a second time", "each group once");
            }
        }
        return groups;
    }

    /** Without TLS only this machine, which is how Entra has it too. */
    private static URI origin(String text) {
        URI address = URI.create(text);
        boolean bare = address.getHost() != null
                && address.getUserInfo() == null
                && address.getQuery() == null
                && address.getFragment() == null
                && address.getPath().isEmpty();
        boolean safe = "https".equals(address.getScheme())
                || "http".equals(address.getScheme()) && address.getHost() != null && Hosts.loopback(address.getHost());
        if (!bare || !safe) {
            throw new IllegalArgumentException("no address of a console");
        }
        return address;
    }
}
