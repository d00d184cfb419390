package org.mailchute.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.SignIn;
import org.mailchute.credentials.TokenFile;
import org.mailchute.gateway.LaneProofs;
import org.mailchute.gateway.LaneSignIn;
import org.mailchute.settings.FaultySettings;
import org.mailchute.settings.Login;
import org.mailchute.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mailchute login}: a person signs in for one lane, once. */
@Command(
        name = "login",
        description =
                "Signs a person in for a lane with delegated: true. Shows a code to enter in a browser on any device,"
                        + " waits for it, and keeps the sign-in below home; the gateway renews it by itself.",
        footer = {
            "",
            "Run it as the user the gateway runs as: only that user may read the sign-in.",
            "",
            "Exit codes: 0 signed in, 1 not signed in, 2 faulty settings or usage",
            "",
            "Examples:",
            "  mailchute login mailbox",
            "  mailchute login mailbox --config /etc/mailchute/mailchute.yaml"
        })
final class LoginCommand extends SettingsCommand {
    @Parameters(paramLabel = "LANE", description = "The lane's name.")
    private String name = "";

    @Override
    public Integer call() throws FaultySettings, IOException {
        Settings settings = config.withoutSecrets();
        Settings.Lane lane = lane(settings);
        if (!(lane.login() instanceof Login.Delegated login)) {
            throw usage("the lane " + name + " logs in by itself: only one with delegated: true takes a sign-in");
        }
        TokenFile kept = LaneSignIn.file(settings.home(), lane);
        SignIn signIn = new SignIn(
                LaneSignIn.app(lane, login, settings.proxy()),
                kept,
                LaneProofs.tls(lane, Clock.systemUTC()),
                lane.times().connect());
        return run(signIn, kept, login);
    }

    private int run(SignIn signIn, TokenFile kept, Login.Delegated login) throws IOException {
        PrintWriter out = out();
        try {
            String person = signIn.run(sentence -> {
                out.println(sentence);
                out.flush();
            });
            out.println("signed in as " + person + "; kept in " + kept.path());
            if (!person.equalsIgnoreCase(login.user())) {
                out.println("warning: Microsoft takes this sign-in for the mailbox of " + person
                        + " only, whatever other"
                        + " mailboxes " + person + " may open (else 535 5.7.3). Unless " + login.user()
                        + " is another name of it: set the lane's mailbox to " + person + ", and to send as "
                        + login.user() + " grant Send As: Add-RecipientPermission -Identity " + login.user()
                        + " -Trustee " + person + " -AccessRights SendAs");
            }
            return 0;
        } catch (CredentialException e) {
            line().getErr().println("mailchute: " + e.getMessage() + "; " + e.remedy());
            return 1;
        }
    }

    private Settings.Lane lane(Settings settings) {
        return settings.lanes().stream()
                .filter(lane -> lane.name().equals(name))
                .findFirst()
                .orElseThrow(() -> usage("there is no lane " + name + "; there are "
                        + String.join(
                                ", ",
                                settings.lanes().stream()
                                        .map(Settings.Lane::name)
                                        .toList())));
    }
}
