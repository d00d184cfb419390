package org.mailchute.credentials;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A proxy that HTTPS goes through (CONNECT, RFC 9110 section 9.3.6).
 *
 * @param host that is connected to
 * @param port 1 to 65535
 * @param login for a proxy that asks for one (Basic)
 * @param except hosts, and domains with what is below them, that are connected to without it
 */
public record HttpsProxy(String host, int port, Optional<Login> login, List<String> except) {
    /** Java gives no password to a proxy that opens a tunnel, unless told so before its first request. */
    private static final String REFUSED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    /** Its answer to who does not log in; Java gives it without a body. */
    public static final int WANTS_LOGIN = 407;

    /** User name and password. */
    public record Login(String user, SecretText password) {
        /** RFC 7617. */
        private String basic() {
            String both = user + ":" + password.reveal();
            return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        }
    }

    public HttpsProxy {
        except = List.copyOf(except);
        System.setProperty(REFUSED_SCHEMES, "");
    }

    /** Makes a client use it; each of its requests needs {@link #prove}. */
    public void give(HttpClient.Builder client) {
        client.proxy(new Selector());
    }

    /**
     * Adds the login for the proxy, which the server does not get. Not by an {@link java.net.Authenticator}: a client that has one sends
     * no Authorization header of ours to the server.
     */
    public void prove(HttpRequest.Builder request, URI server) {
        login.filter(known -> !spares(server.getHost()))
                .ifPresent(known -> request.setHeader("Proxy-Authorization", "Basic " + known.basic()));
    }

    private boolean spares(String server) {
        String name = server.toLowerCase(Locale.ROOT);
        return except.stream().anyMatch(spared -> name.equals(spared) || name.endsWith("." + spared));
    }

    private final class Selector extends ProxySelector {
        @Override
        public List<Proxy> select(URI server) {
            return List.of(
                    spares(server.getHost())
                            ? Proxy.NO_PROXY
                            : new Proxy(Proxy.Type.HTTP, new InetSocketAddress(host, port)));
        }

        @Override
        public void connectFailed(URI server, SocketAddress proxy, IOException fault) {
            // who asked is told
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
