package org.mailchute.settings;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailchute.credentials.AppProof;
import org.mailchute.service.ServiceProfile;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** A login by OAuth: whose mailbox, which app, and the one thing the app proves itself by. */
record OAuthReader(Section login, ServiceProfile service, Cloud cloud) {
    /** What a login may prove itself by, in the order they are told. */
    private static final List<String> PROOFS = Stream.concat(
                    AppReader.PROOFS.stream(), Stream.of("managedIdentity", "delegated"))
            .toList();

    private static final String SYSTEM = "system";
    private static final Kind<String> IDENTITY = Kinds.text(
            "system, or the client id of a user-assigned identity", text -> text.equals(SYSTEM) || AppReader.id(text));
    private static final Kind<Boolean> DELEGATED = new Kind<>("true, or not to be there", false, text -> {
        if (!text.equals("true")) {
            throw new IllegalArgumentException("not true");
        }
        return true;
    });
    private static final Kind<String> SCOPE =
            Kinds.text("a scope that ends in /.default", text -> text.matches("https://[a-z0-9.]+/\\.default"));

    /** Whether one of the keys is there that only this login has; asked where it is another, so that all of them are known. */
    static boolean isMeant(Section login) {
        login.written("tenant", "secretEnds", "authority", "scope");
        List<String> proofs = login.written(PROOFS.toArray(String[]::new));
        return !login.written("mailbox", "clientId").isEmpty() || !proofs.isEmpty();
    }

    Login read() {
        AppReader app = new AppReader(login, cloud);
        app.refuseNoneAndTwo(PROOFS);
        List<AppProof> proofs = app.proofs();
        if (login.has("managedIdentity") && proofs.isEmpty()) {
            return identity();
        }
        login.optional("managedIdentity", IDENTITY);
        boolean delegated = login.optional("delegated", DELEGATED).isPresent();
        if (delegated && permission().isEmpty()) {
            login.fault(
                    "delegated", "a person who signs in", "an application: " + service.title() + " takes nobody else");
        } else if (delegated && proofs.isEmpty()) {
            return delegated(app);
        }
        return app(app, proofs);
    }

    private Login app(AppReader app, List<AppProof> proofs) {
        return new Login.App(user(), app.authority(), app.clientId(), AppReader.first(proofs), scope());
    }

    private Login delegated(AppReader app) {
        return new Login.Delegated(
                user(),
                app.authority(),
                app.clientId(),
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
}
