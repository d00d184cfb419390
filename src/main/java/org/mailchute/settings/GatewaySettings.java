package org.mailchute.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mailchute.credentials.HttpsProxy;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** The section {@code gateway}: who we are and where everything rests. */
record GatewaySettings(
        String name,
        Path home,
        Optional<Path> routes,
        Optional<Path> replies,
        Optional<Cloud> cloud,
        List<String> mxSuffixes,
        Optional<String> spfInclude,
        Optional<HttpsProxy> proxy) {
    /** Said in EHLO (RFC 5321 section 4.1.1.1) and part of every Message-ID, so it must be fully qualified. */
    private static final Kind<String> FULL_NAME = Kinds.text(
            "this machine's full host name, such as gateway.contoso.com",
            text -> text.length() <= 253 && text.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+") && !Hosts.literal(text));

    private static final Kind<Cloud> CLOUD = Kinds.oneOf(List.of(Cloud.values()));

    static GatewaySettings read(Section gateway) {
        return new GatewaySettings(
                gateway.required("name", FULL_NAME),
                home(gateway),
                routes(gateway),
                OwnReplies.read(gateway),
                gateway.optional("cloud", CLOUD),
                gateway.list("mxSuffixes", CloudNames.NAME),
                gateway.optional("spfInclude", CloudNames.NAME),
                ProxyReader.read(gateway));
    }

    static Path home(Section gateway) {
        return gateway.required("home", gateway.path());
    }

    private static Optional<Path> routes(Section gateway) {
        Optional<Path> folder = gateway.optional("routes", gateway.path());
        folder.filter(place -> !Files.isDirectory(place))
                .ifPresent(place -> gateway.fault(
                        "routes",
                        '"' + place.toString() + "\", which is no folder",
                        "a folder of route files: make it, correct the path, or leave the key out"));
        return folder;
    }

    /** Microsoft's names of a cloud, but for those set here. */
    CloudNames names(Cloud microsoft) {
        return new CloudNames(
                microsoft,
                mxSuffixes.isEmpty() ? microsoft.mxSuffixes() : mxSuffixes,
                spfInclude.orElse(microsoft.spfInclude()));
    }
}
