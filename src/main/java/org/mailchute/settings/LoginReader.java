package org.mailchute.settings;

import java.util.List;
import org.mailchute.reply.Option;
import org.mailchute.service.ServiceProfile;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** The keys of a lane that prove who we are. */
record LoginReader(Section lane, Option option, ServiceProfile service, Cloud cloud) {
    /** The forms of a user name that the service knows. */
    static Kind<String> user(ServiceProfile service) {
        return Kinds.text(
                service.login().userExpected(),
                text -> Kinds.noControls(text)
                        && text.length() <= 1000
                        && service.login().knows(text));
    }

    Login read() {
        refuseWhatDoesNotFit();
        return switch (option) {
            case SUBMISSION -> submission();
            case RELAY -> lane.has("certificate") ? certificate() : new Login.Anonymous();
            case DIRECT_SEND -> new Login.Anonymous();
            case GRAPH -> new GraphLane(lane, cloud).login();
        };
    }

    private void refuseWhatDoesNotFit() {
        if (option.toMxHost() && lane.has("login")) {
            lane.fault("login", "a login", "none: an MX host takes no login, only client submission does");
        }
        if (option != Option.RELAY && lane.has("certificate")) {
            lane.fault("certificate", "a certificate", "none: only relay proves itself by a certificate");
        }
    }

    private Login submission() {
        if (!lane.has("login")) {
            lane.missing(
                    "login",
                    "a " + service.login().key() + " with tenant, clientId and clientSecret (or user and password)");
            return new Login.Anonymous();
        }
        Section login = lane.section("login");
        boolean byUser = service.login().key().equals("user");
        List<String> basic = byUser ? login.written("password") : login.written("user", "password");
        if (basic.isEmpty()) {
            return new OAuthReader(login, service, cloud).read();
        }
        if (OAuthReader.isMeant(login)) {
            login.fault(basic.get(0), "both kinds of login", "OAuth or a password, not both");
        }
        return password(login);
    }

    private Login password(Section login) {
        String advice = service.login().password().advice();
        if (!advice.isEmpty()) {
            login.warning("user", "a login by password", advice);
        }
        return new Login.Password(login.required("user", user(service)), login.required("password", Kinds.SECRET));
    }

    private Login certificate() {
        return new Login.ClientCertificate(CertificateReader.read(lane.section("certificate")));
    }
}
