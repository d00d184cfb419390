package org.mailchute.gateway;

import java.util.function.Supplier;
import org.mailchute.settings.Settings;

/** The settings that run: one value, which a reload exchanges at once. */
final class RunningSettings implements Supplier<Settings> {
    private volatile Settings now;

    RunningSettings(Settings first) {
        now = first;
    }

    @Override
    public Settings get() {
        return now;
    }

    void set(Settings others) {
        now = others;
    }
}
