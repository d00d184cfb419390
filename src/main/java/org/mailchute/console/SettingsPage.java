package org.mailchute.console;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mailchute.console.pages.JtesettingsGenerated;
import org.mailchute.management.Managed;
import org.mailchute.management.Response;
import org.mailchute.management.Running;
import org.mailchute.settings.Settings;

/** The settings that run, as their file says them, and what of them may not be meant. */
public final class SettingsPage {
    static final String PATH = "/console/settings";

    private final Managed gateway;
    private final Function<Settings, Stream<String>> doubts;

    SettingsPage(Managed gateway, Function<Settings, Stream<String>> doubts) {
        this.gateway = gateway;
        this.doubts = doubts;
    }

    /**
     * What the page shows.
     *
     * @param places of the settings; their keys and texts, in which secrets are named by where they come from
     */
    public record Read(Running running, List<String> doubts, Map<String, Map<String, String>> places) {
        public Read {
            doubts = List.copyOf(doubts);
        }
    }

    Response show(View view) {
        Settings settings = gateway.settings().get();
        Read read = new Read(
                Running.of(settings),
                doubts.apply(settings).toList(),
                settings.written().places());
        return Html.page(out -> JtesettingsGenerated.render(out, null, view, read));
    }
}
