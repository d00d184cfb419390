package org.mailchute.settings;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mailchute.credentials.AppProof;
import org.mailchute.service.ServiceProfile;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** A login by OAuth: whose mailbox, which app, and the one thing the app proves itself by. */
record OAuthReader(Section login, ServiceProfile service, Cloud cloud) {
    /** What a login may prove itself by, in the order they are told. */
    private static final String[] PROOFS = {
        "clientSecret", "certificate", "federatedTokenFile", "managedIdentity", "delegated"
    };

    private static final String SYSTEM = "system";
    private static final Kind<String> TENANT = Kinds.text(
            "the tenant's id or a domain of it",
            text -> text.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*")
                    && !List.of("common", "organizations", "consumers").contains(text));
    private static final Kind<String> CLIENT_ID =
            Kinds.text("the application (client) id, such as 11111111-2222-3333-4444-555555555555", OAuthReader::id);
    private static final Kind<String> IDENTITY =
            Kinds.text("system, or the client id of a user-assigned identity", text -> text.equals(SYSTEM) || id(text));
    private static final Kind<Boolean> DELEGATED = new Kind<>("true, or not to be there", false, text -> {
        if (!text.equals("true")) {
            throw new IllegalArgumentException("not true");
        }
        return true;
    });
    private static final Kind<String> SCOPE =
            Kinds.text("a scope that ends in /.default", text -> text.matches("https://[a-z0-9.]+/\\.default"));

    private static boolean id(String text) {
        return text.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    /** Whether one of the keys is there that only this login has; asked where it is another, so that all of them are known. */
    static boolean isMeant(Section login) {
        login.written("tenant", "secretEnds", "authority", "scope");
        List<String> proofs = login.written(PROOFS);
        return !login.written("mailbox", "clientId").isEmpty() || !proofs.isEmpty();
    }

    Login read() {
        refuseNoneAndTwo();
        List<AppProof> proofs = proofs();
        if (login.has("managedIdentity") && proofs.isEmpty()) {
            return identity();
        }
        login.optional("managedIdentity", IDENTITY);
        boolean delegated = login.optional("delegated", DELEGATED).isPresent();
        if (delegated && permission().isEmpty()) {
            login.fault(
                    "delegated", "a person who signs in", "an application: " + service.title() + " takes nobody else");
        } else if (delegated && proofs.isEmpty()) {
            return delegated();
        }
        return app(proofs);
    }

    private void refuseNoneAndTwo() {
        List<String> written = login.written(PROOFS);
        if (written.isEmpty()) {
            login.missing("clientSecret", "one of " + String.join(", ", PROOFS));
        } else if (written.size() > 1) {
            login.fault(
                    written.get(1), "a second proof beside " + written.get(0), "one of " + String.join(", ", PROOFS));
        }
    }

    /** All that are written, so that the faults of each are told. */
    private List<AppProof> proofs() {
        List<AppProof> proofs = new ArrayList<>();
        Optional<Instant> ends = login.optional("secretEnds", Kinds.DAY);
        if (ends.isPresent() && !login.has("clientSecret")) {
            login.fault("secretEnds", "an end without a clientSecret", "none: a certificate says itself when it ends");
        }
        login.optional("clientSecret", Kinds.SECRET)
                .map(secret -> new AppProof.Secret(secret, ends))
                .ifPresent(proofs::add);
        if (login.has("certificate")) {
            proofs.add(new AppProof.Certificate(CertificateReader.read(login.section("certificate"))));
        }
        login.optional("federatedTokenFile", login.path())
                .map(AppProof.FederatedToken::new)
                .ifPresent(proofs::add);
        return proofs;
    }

    private Login app(List<AppProof> proofs) {
        return new Login.App(
                user(),
                authority(),
                login.required("clientId", CLIENT_ID),
                proofs.isEmpty() ? new AppProof.Secret(Kinds.SECRET.standIn()) : proofs.get(0),
                scope());
    }

    private Login delegated() {
        return new Login.Delegated(
                user(),
                authority(),
                login.required("clientId", CLIENT_ID),
                login.value(
                        "scope",
                        Kinds.text(
                                "a scope that ends in /" + permission(),
                                text -> text.matches("https://[a-z0-9.]+/" + Pattern.quote(permission()))),
                        cloud.delegatedScope(permission())));
    }

    /** Whom the token is for. */
    private String user() {
        return service.login().key().equals("mailbox")
                ? login.required("mailbox", Kinds.ADDRESS).toString()
                : login.required("user", LoginReader.user(service));
    }

    private String scope() {
        String usual = service.login().scope();
        return login.value("scope", SCOPE, usual.isEmpty() ? cloud.scope() : usual);
    }

    private String permission() {
        return service.login().delegated();
    }

    /** The machine's own identity: Azure knows tenant and authority. */
    private Login identity() {
        for (String key : List.of("tenant", "clientId", "authority")) {
            if (login.has(key)) {
                login.fault(key, "a " + key, "none: Azure knows it of a managed identity");
            }
        }
        return new Login.ManagedIdentity(
                user(),
                Optional.of(login.required("managedIdentity", IDENTITY)).filter(id -> !id.equals(SYSTEM)),
                scope());
    }

    /** With the tenant, which the demo's has in it already. */
    private String authority() {
        String tenant = login.required("tenant", TENANT) + "/";
        String written = login.value("authority", authorityKind(), cloud.authority());
        String slashed = written.endsWith("/") ? written : written + "/";
        return slashed.endsWith("/" + tenant) ? slashed : slashed + tenant;
    }

    private Kind<String> authorityKind() {
        String expected = String.join(" or ", cloud.authorities()) + ", of the cloud " + Kinds.label(cloud);
        return new Kind<>(expected, cloud.authority(), this::authority);
    }

    /** The secret goes there, so only this cloud's own will do, or this machine for tests. */
    private String authority(String text) {
        String url = text.contains("://") ? text : "https://" + text;
        String plain = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        if (cloud.authorities().contains(plain)) {
            return plain;
        }
        String host = URI.create(url).getHost();
        if (!url.matches("https?://.*") || host == null || !Hosts.loopback(host)) {
            throw new IllegalArgumentException("not an authority of Microsoft's");
        }
        return url;
    }
}
