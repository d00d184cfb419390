package org.mailchute.credentials;

import java.util.Optional;

/**
 * An app registration that sends as a person who signed in (device code, RFC 8628): a public client without a secret.
 *
 * @param authority with the tenant
 * @param clientId the application's id; it must allow public client flows
 * @param scope such as {@code https://outlook.office.com/SMTP.Send}
 * @param signIn the command that signs the person in, for remedies
 * @param proxy between us and the authority
 */
public record DelegatedApp(String authority, String clientId, String scope, String signIn, Optional<HttpsProxy> proxy) {
    /** @throws IllegalArgumentException when the authority is no https address with a host */
    public DelegatedApp {
        authority = EntraApp.checked(authority);
    }
}
