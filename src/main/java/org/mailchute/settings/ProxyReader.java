package org.mailchute.settings;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mailchute.credentials.HttpsProxy;
import org.mailchute.credentials.SecretText;
import org.mailchute.settings.yaml.Section;

/** The section {@code gateway.proxy}: what HTTPS goes through, to Entra and to Microsoft Graph. */
public final class ProxyReader {
    private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "::1", "[::1]");
    private static final int USUAL_PORT = 80;

    private ProxyReader() {}

    /** As written, else as {@code https_proxy} and {@code no_proxy} say, which other programs know as well. */
    static Optional<HttpsProxy> read(Section gateway) {
        return gateway.has("proxy") ? Optional.of(written(gateway.section("proxy"))) : ofEnvironment(gateway);
    }

    private static HttpsProxy written(Section proxy) {
        Optional<String> user = proxy.optional("user", Kinds.LINE);
        Optional<SecretText> password = proxy.optional("password", Kinds.SECRET);
        if (user.isPresent() != proxy.has("password")) {
            proxy.missing(user.isPresent() ? "password" : "user", "user and password, or neither");
        }
        return new HttpsProxy(
                proxy.required("host", Hosts.HOST),
                proxy.value("port", Kinds.PORT, 8080),
                user.flatMap(name -> password.map(secret -> new HttpsProxy.Login(name, secret))),
                proxy.list("except", Hosts.HOST));
    }

    private static Optional<HttpsProxy> ofEnvironment(Section gateway) {
        try {
            return of(gateway::variable);
        } catch (IllegalArgumentException e) { // it may hold a password, so it is not shown
            gateway.warning(
                    "proxy",
                    "https_proxy in the environment, which is no address of a proxy and is passed over",
                    "one such as http://proxy.contoso.com:8080, or gateway.proxy");
            return Optional.empty();
        }
    }

    /**
     * As the environment says.
     *
     * @param variable gives the value of one, empty where it is not set
     * @throws IllegalArgumentException when it names no proxy; the message does not show it, for it may hold a password
     */
    public static Optional<HttpsProxy> of(Function<String, Optional<String>> variable) {
        return either(variable, "https_proxy")
                .map(text -> of(text, except(either(variable, "no_proxy").orElse(""))));
    }

    private static Optional<String> either(Function<String, Optional<String>> variable, String name) {
        return variable.apply(name).or(() -> variable.apply(name.toUpperCase(Locale.ROOT)));
    }

    private static HttpsProxy of(String text, List<String> except) {
        URI address = URI.create(text.contains("://") ? text : "http://" + text);
        if (!"http".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("no proxy");
        }
        return new HttpsProxy(
                address.getHost(),
                address.getPort() < 0 ? USUAL_PORT : address.getPort(),
                Optional.ofNullable(address.getRawUserInfo()).map(ProxyReader::login),
                except);
    }

    private static HttpsProxy.Login login(String raw) {
        String[] parts = raw.split(":", 2);
        String password = parts.length == 2 ? parts[1] : "";
        return new HttpsProxy.Login(decoded(parts[0]), new SecretText(decoded(password)));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Names with or without a leading dot; this machine is never reached by way of another. */
    private static List<String> except(String list) {
        return Stream.concat(
                        THIS_MACHINE.stream(),
                        Stream.of(list.split(","))
                                .map(name ->
                                        name.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                                .filter(name -> !name.isEmpty()))
                .toList();
    }
}
