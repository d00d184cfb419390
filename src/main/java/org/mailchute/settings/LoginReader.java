package org.mailchute.settings;

import java.util.List;
import org.mailchute.reply.Option;
import org.mailchute.settings.yaml.Section;

/** The keys of a lane that prove who we are. */
record LoginReader(Section lane, Option option, Cloud cloud) {
    Login read() {
        refuseWhatDoesNotFit();
        return switch (option) {
            case SUBMISSION -> submission();
            case RELAY -> lane.has("certificate") ? certificate() : new Login.Anonymous();
            case DIRECT_SEND -> new Login.Anonymous();
        };
    }

    private void refuseWhatDoesNotFit() {
        if (option != Option.SUBMISSION && lane.has("login")) {
            lane.fault("login", "a login", "none: an MX host takes no login, only client submission does");
        }
        if (option != Option.RELAY && lane.has("certificate")) {
            lane.fault("certificate", "a certificate", "none: only relay proves itself by a certificate");
        }
    }

    private Login submission() {
        if (!lane.has("login")) {
            lane.missing("login", "a mailbox with tenant, clientId and clientSecret (or user and password)");
            return new Login.Anonymous();
        }
        Section login = lane.section("login");
        List<String> basic = login.written("user", "password");
        if (basic.isEmpty()) {
            return new OAuthReader(login, cloud).read();
        }
        if (OAuthReader.isMeant(login)) {
            login.fault(basic.get(0), "both kinds of login", "OAuth or a password, not both");
        }
        return password(login);
    }

    private static Login password(Section login) {
        login.warning("user", "a login by password", "OAuth: Microsoft switches passwords off from December 2026");
        return new Login.Password(login.required("user", Kinds.LINE), login.required("password", Kinds.SECRET));
    }

    private Login certificate() {
        return new Login.ClientCertificate(CertificateReader.read(lane.section("certificate")));
    }
}
