package org.mailchute.credentials;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * An app registration in Microsoft Entra that may send as a mailbox (client credentials, RFC 6749 section 4.4).
 *
 * @param authority with the tenant, such as {@code https://login.microsoftonline.com/contoso.onmicrosoft.com/}
 * @param clientId the application's id, a GUID
 * @param proof how it proves to be the one
 * @param scope such as {@code https://outlook.office365.com/.default}
 * @param proxy between us and the authority
 */
public record EntraApp(String authority, String clientId, AppProof proof, String scope, Optional<HttpsProxy> proxy) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws IllegalArgumentException when the authority is no https address with a host */
    public EntraApp {
        authority = checked(authority);
    }

    /** By no proxy but what the JVM is told of. */
    public EntraApp(String authority, String clientId, AppProof proof, String scope) {
        this(authority, clientId, proof, scope, Optional.empty());
    }

    static String checked(String authority) {
        URI address = URI.create(authority);
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("the authority must be an https address: " + authority);
        }
        return authority.endsWith("/") ? authority : authority + "/";
    }

    Optional<SecretText> secret() {
        return proof instanceof AppProof.Secret secret ? Optional.of(secret.value()) : Optional.empty();
    }

    String host() {
        return host(authority);
    }

    boolean loopback() {
        return loopback(authority);
    }

    static String host(String authority) {
        return URI.create(authority).getHost();
    }

    /** Only there may Microsoft's list of its own login hosts be passed over: a rehearsal, never a real secret. */
    static boolean loopback(String authority) {
        return LOOPBACK.contains(host(authority));
    }
}
