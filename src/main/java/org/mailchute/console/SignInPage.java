package org.mailchute.console;

import java.util.Optional;
import org.mailchute.console.pages.JtesigninGenerated;
import org.mailchute.deadletter.Person;
import org.mailchute.management.Request;
import org.mailchute.management.Response;
import org.mailchute.settings.ConsoleSettings;

/** Asks who comes: for name and password, or to go by Entra, where the settings have them; else it tells of the link. */
public final class SignInPage {
    static final String PATH = "/console/in";

    private final ConsoleSettings settings;
    private final LoginAttempts attempts;
    private final Door door;
    private final String gateway;

    SignInPage(ConsoleSettings settings, LoginAttempts attempts, Door door, String gateway) {
        this.settings = settings;
        this.attempts = attempts;
        this.door = door;
        this.gateway = gateway;
    }

    /**
     * What is asked.
     *
     * @param name as it was given before
     * @param to where the visitor wanted to go
     * @param fault why that one is not in; empty at first
     */
    public record Asked(boolean password, boolean entra, String name, String to, String fault) {}

    void serve() {
        door.open(PATH, this::show, this::signIn);
    }

    private Response show(Request request) {
        String to = LocalPath.of(request.parameters().getOrDefault("to", ""));
        return door.visitor(request).isPresent() ? Html.see(to) : page(request, 200, "", to, "");
    }

    private Response signIn(Request request) {
        String name = request.form().getOrDefault("name", "");
        String to = LocalPath.of(request.form().getOrDefault("to", ""));
        if (settings.users().isEmpty()) {
            return page(request, 403, "", to, "");
        }
        LoginAttempts.Attempt attempt =
                attempts.attempt(request.from(), name, request.form().getOrDefault("password", ""));
        return switch (attempt.verdict()) {
            case RIGHT -> welcome(request, attempt.user().orElseThrow(), to);
            case WRONG -> {
                Door.refused(request, name, "wrong name or password");
                yield page(request, 403, name, to, "in.wrong");
            }
            case LATER -> {
                door.refusedAgain(request, name, "too many wrong passwords before, or another is looked at");
                yield page(request, 429, name, to, "in.later");
            }
        };
    }

    private Response welcome(Request request, ConsoleSettings.User user, String to) {
        return door.signedIn(request, new Person(user.name()), user.role(), Html.see(to));
    }

    /** @param fault key of words, or empty */
    private Response page(Request request, int status, String name, String to, String fault) {
        Porch porch = Porch.of(request, gateway);
        Asked asked = new Asked(
                !settings.users().isEmpty(),
                settings.entra().isPresent(),
                name,
                to,
                Optional.of(fault)
                        .filter(key -> !key.isEmpty())
                        .map(key -> porch.say(key))
                        .orElse(""));
        return Html.page(status, out -> JtesigninGenerated.render(out, null, porch, asked));
    }
}
