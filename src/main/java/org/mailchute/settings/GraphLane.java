package org.mailchute.settings;

import java.util.List;
import org.mailchute.reply.Service;
import org.mailchute.service.ServiceProfile;
import org.mailchute.settings.yaml.Section;

/** What the keys of a lane mean where it leads to Microsoft Graph. */
record GraphLane(Section lane, Cloud cloud) {
    static final int HTTPS = 443;

    /** A token goes there, so only the cloud's own will do, or this machine for tests. */
    void requireFittingHost(String host) {
        if (!host.equals(cloud.graphHost()) && !Hosts.loopback(host)) {
            lane.fault(
                    "host",
                    '"' + host + '"',
                    cloud.graphHost() + ", Microsoft Graph's in the cloud " + Kinds.label(cloud) + "; or no host");
        }
        if (lane.has("domain")) {
            lane.fault("domain", "a domain", "none: Microsoft Graph has no MX host");
        }
        for (String key : List.of("sourceAddress", "egress", "ipv4", "tls")) {
            if (lane.has(key)) {
                lane.fault(key, "a key of SMTP", "none: Microsoft Graph is reached by HTTPS");
            }
        }
    }

    /** By OAuth alone, with Graph's own scope. */
    Login login() {
        if (!lane.has("login")) {
            lane.missing("login", "a mailbox with tenant, clientId and clientSecret");
            return new Login.Anonymous();
        }
        Section login = lane.section("login");
        List<String> basic = login.written("user", "password");
        if (!basic.isEmpty()) {
            OAuthReader.isMeant(login);
            login.fault(basic.get(0), "a password", "OAuth: Microsoft Graph takes no other");
            return new Login.Anonymous();
        }
        if (login.has("scope")) {
            login.fault("scope", "a scope", "none: that of " + cloud.graphHost() + " is known");
        }
        return scoped(new OAuthReader(login, ServiceProfile.of(Service.EXCHANGE_ONLINE), cloud).read());
    }

    private Login scoped(Login login) {
        if (login instanceof Login.App app) {
            return new Login.App(app.user(), app.authority(), app.clientId(), app.proof(), cloud.graphScope());
        }
        if (login instanceof Login.Delegated person) {
            return new Login.Delegated(
                    person.user(),
                    person.authority(),
                    person.clientId(),
                    "https://" + cloud.graphHost() + "/Mail.Send");
        }
        if (login instanceof Login.ManagedIdentity machine) {
            return new Login.ManagedIdentity(machine.user(), machine.clientId(), cloud.graphScope());
        }
        return login;
    }
}
