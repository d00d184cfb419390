package org.mailchute.gateway;

import java.nio.file.Path;
import java.util.Optional;
import org.mailchute.credentials.DelegatedApp;
import org.mailchute.credentials.HttpsProxy;
import org.mailchute.credentials.TokenFile;
import org.mailchute.settings.Login;
import org.mailchute.settings.Settings;

/** Where a lane's sign-in is kept, and the app it is for: the same for the command that makes it and the lane that uses it. */
public final class LaneSignIn {
    private LaneSignIn() {}

    public static TokenFile file(Path home, Settings.Lane lane) {
        return new TokenFile(home.resolve("tokens").resolve(lane.name()));
    }

    /** @param proxy between us and the authority */
    public static DelegatedApp app(Settings.Lane lane, Login.Delegated login, Optional<HttpsProxy> proxy) {
        return new DelegatedApp(login.authority(), login.clientId(), login.scope(), command(lane), proxy);
    }

    static String command(Settings.Lane lane) {
        return "mailchute login " + lane.name();
    }
}
