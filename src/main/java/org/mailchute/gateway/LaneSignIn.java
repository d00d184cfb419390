package org.mailchute.gateway;

import java.nio.file.Path;
import org.mailchute.credentials.DelegatedApp;
import org.mailchute.credentials.TokenFile;
import org.mailchute.settings.Login;
import org.mailchute.settings.Settings;

/** Where a lane's sign-in is kept, and the app it is for: the same for the command that makes it and the lane that uses it. */
public final class LaneSignIn {
    private LaneSignIn() {}

    public static TokenFile file(Path home, Settings.Lane lane) {
        return new TokenFile(home.resolve("tokens").resolve(lane.name()));
    }

    public static DelegatedApp app(Settings.Lane lane, Login.Delegated login) {
        return new DelegatedApp(login.authority(), login.clientId(), login.scope(), command(lane));
    }

    static String command(Settings.Lane lane) {
        return "mailchute login " + lane.name();
    }
}
