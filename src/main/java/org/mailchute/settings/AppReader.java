package org.mailchute.settings;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailchute.credentials.AppProof;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** An app registration: of which tenant it is, and the one thing it proves itself by. */
record AppReader(Section app, Cloud cloud) {
    /** What it may prove itself by, in the order they are told. */
    static final List<String> PROOFS = List.of("clientSecret", "certificate", "federatedTokenFile");

    private static final Kind<String> TENANT = Kinds.text(
            "the tenant's id or a domain of it",
            text -> text.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*")
                    && !List.of("common", "organizations", "consumers").contains(text));
    private static final Kind<String> CLIENT_ID =
            Kinds.text("the application (client) id, such as 11111111-2222-3333-4444-555555555555", AppReader::id);

    static boolean id(String text) {
        return text.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    String clientId() {
        return app.required("clientId", CLIENT_ID);
    }

    /** @param known the keys of all proofs there may be */
    void refuseNoneAndTwo(List<String> known) {
        List<String> written = app.written(known.toArray(String[]::new));
        if (written.isEmpty()) {
            app.missing(known.get(0), "one of " + String.join(", ", known));
        } else if (written.size() > 1) {
            app.fault(written.get(1), "a second proof beside " + written.get(0), "one of " + String.join(", ", known));
        }
    }

    /** All that are written, so that the faults of each are told. */
    List<AppProof> proofs() {
        List<AppProof> proofs = new ArrayList<>();
        Optional<Instant> ends = app.optional("secretEnds", Kinds.DAY);
        if (ends.isPresent() && !app.has("clientSecret")) {
            app.fault("secretEnds", "an end without a clientSecret", "none: a certificate says itself when it ends");
        }
        app.optional("clientSecret", Kinds.SECRET)
                .map(secret -> new AppProof.Secret(secret, ends))
                .ifPresent(proofs::add);
        if (app.has("certificate")) {
            proofs.add(new AppProof.Certificate(CertificateReader.read(app.section("certificate"))));
        }
        app.optional("federatedTokenFile", app.path())
                .map(AppProof.FederatedToken::new)
                .ifPresent(proofs::add);
        return proofs;
    }

    /** The first of them, or a stand-in where there is none. */
    static AppProof first(List<AppProof> proofs) {
        return proofs.isEmpty() ? new AppProof.Secret(Kinds.SECRET.standIn()) : proofs.get(0);
    }

    /** With the tenant, which the demo's has in it already. */
    String authority() {
        String tenant = app.required("tenant", TENANT) + "/";
        String written = app.value("authority", authorityKind(), cloud.authority());
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
