package org.mailchute.boot;

import java.net.URI;
import java.util.List;
import org.mailchute.boot.yaml.Kind;
import org.mailchute.boot.yaml.Section;
import org.mailchute.boot.yaml.Shape;
import org.mailchute.reply.Option;

/** The keys of a lane that prove who we are. */
final class LoginSettings {
    static final Shape LOGIN =
            Shape.of("mailbox", "tenant", "clientId", "clientSecret", "authority", "scope", "user", "password");
    static final Shape CERTIFICATE = Shape.of("chain", "key");

    private static final Kind<String> TENANT = Kinds.text(
            "the tenant's id or a domain of it",
            text -> text.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*")
                    && !List.of("common", "organizations", "consumers").contains(text));
    private static final Kind<String> CLIENT_ID = Kinds.text(
            "the application (client) id, such as 11111111-2222-3333-4444-555555555555",
            text -> text.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
    private static final Kind<String> AUTHORITY =
            new Kind<>("one of " + String.join(", ", Cloud.authorities()), "", LoginSettings::authority);
    private static final Kind<String> SCOPE =
            Kinds.text("a scope that ends in /.default", text -> text.matches("https://[a-z0-9.]+/\\.default"));

    private final Section lane;
    private final Option option;
    private final String host;

    LoginSettings(Section lane, Option option, String host) {
        this.lane = lane;
        this.option = option;
        this.host = host;
    }

    Settings.Login read() {
        refuseWhatDoesNotFit();
        return switch (option) {
            case SUBMISSION -> submission();
            case RELAY -> lane.has("certificate") ? certificate() : new Settings.Login.Anonymous();
            case DIRECT_SEND -> new Settings.Login.Anonymous();
        };
    }

    private void refuseWhatDoesNotFit() {
        if (option != Option.SUBMISSION && lane.has("login")) {
            lane.section("login");
            lane.fault("login", "a login", "none: an MX host takes no login, only client submission does");
        }
        if (option != Option.RELAY && lane.has("certificate")) {
            lane.section("certificate");
            lane.fault("certificate", "a certificate", "none: only relay proves itself by a certificate");
        }
    }

    private Settings.Login submission() {
        if (!lane.has("login")) {
            lane.missing("login", "a mailbox with tenant, clientId and clientSecret (or user and password)");
            return new Settings.Login.Anonymous();
        }
        Section login = lane.section("login");
        boolean basic = login.has("user") || login.has("password");
        if (!basic) {
            return oauth(login);
        }
        if (login.has("mailbox") || login.has("clientId") || login.has("clientSecret")) {
            login.fault(
                    login.has("user") ? "user" : "password", "both kinds of login", "OAuth or a password, not both");
        }
        return password(login);
    }

    private static Settings.Login password(Section login) {
        login.warning("user", "a login by password", "OAuth: Microsoft switches passwords off from December 2026");
        return new Settings.Login.Password(
                login.required("user", Kinds.LINE), login.required("password", Kinds.SECRET));
    }

    private Settings.Login oauth(Section login) {
        Cloud cloud = Cloud.ofSubmissionHost(host).orElse(Cloud.WORLDWIDE);
        return new Settings.Login.ClientSecret(
                login.required("mailbox", Kinds.ADDRESS),
                login.required("tenant", TENANT),
                login.required("clientId", CLIENT_ID),
                login.required("clientSecret", Kinds.SECRET),
                login.value("authority", AUTHORITY, cloud.authority()),
                login.value("scope", SCOPE, cloud.scope()));
    }

    private Settings.Login certificate() {
        Section certificate = lane.section("certificate");
        return new Settings.Login.ClientCertificate(
                certificate.required("chain", certificate.path()), certificate.required("key", certificate.path()));
    }

    /** The secret goes there, so only Microsoft's own will do, or this machine for tests. */
    private static String authority(String text) {
        String url = text.contains("://") ? text : "https://" + text;
        String plain = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        if (Cloud.authorities().contains(plain)) {
            return plain;
        }
        String host = URI.create(url).getHost();
        if (!url.matches("https?://.*") || host == null || !Hosts.loopback(host)) {
            throw new IllegalArgumentException("not an authority of Microsoft's");
        }
        return url;
    }
}
