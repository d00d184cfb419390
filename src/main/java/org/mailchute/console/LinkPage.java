package org.mailchute.console;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.mailchute.console.pages.JteenterGenerated;
import org.mailchute.deadletter.Person;
import org.mailchute.door.Role;
import org.mailchute.management.Request;
import org.mailchute.management.Response;

/**
 * Lets in as administrator whoever opens the link that {@code mailchute console} printed: its user may read the gateway's home, and so do all
 * that the commands do. To look at the page uses nothing up, in case a program looks at links; its button does.
 */
final class LinkPage {
    static final String PATH = "/console/enter";

    private static final Duration GOOD = Duration.ofMinutes(2);
    private static final int MOST = 100;

    private final OnceOnly<Person> links;
    private final Door door;
    private final String gateway;

    LinkPage(Clock clock, RandomGenerator chance, Door door, String gateway) {
        this.links = new OnceOnly<>(clock, chance, GOOD, MOST);
        this.door = door;
        this.gateway = gateway;
    }

    void serve() {
        door.open(PATH, this::show, this::enter);
    }

    /** @return path and query of a new link for this person */
    String link(Person person) {
        return PATH + "?ticket=" + links.hold(person);
    }

    private Response show(Request request) {
        String ticket = request.parameters().getOrDefault("ticket", "");
        return Html.page(out -> JteenterGenerated.render(out, null, Porch.of(request, gateway), ticket));
    }

    private Response enter(Request request) {
        Optional<Person> person = links.give(request.form().getOrDefault("ticket", ""));
        if (person.isPresent()) {
            return door.signedIn(request, person.get(), Role.ADMIN, Html.see(LocalPath.FIRST));
        }
        door.refusedAgain(request, "somebody", "a link that is used, or older than 2 minutes");
        return Outside.said(Porch.of(request, gateway), 403, "enter.over");
    }
}
