package org.mailchute.credentials;

import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Asks the Azure machine, App Service or Arc server we run on for tokens of its own identity. Where to ask is in the
 * environment Azure gives us; without any it is the link-local address 169.254.169.254.
 */
final class ManagedIdentityTokens implements TokenFetch {
    private final ManagedIdentityApplication client;
    private final String resource;

    /**
     * @param clientId of a user-assigned identity; empty for the machine's own
     * @param scope ends in {@code /.default}; this endpoint wants it without
     */
    ManagedIdentityTokens(Optional<String> clientId, String scope, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        this.resource = scope.replaceFirst("/\\.default$", "");
        this.client = ManagedIdentityApplication.builder(clientId.map(ManagedIdentityId::userAssignedClientId)
                        .orElseGet(ManagedIdentityId::systemAssigned))
                .connectTimeoutForDefaultHttpClient(millis)
                .readTimeoutForDefaultHttpClient(millis)
                .build();
    }

    @Override
    public CompletableFuture<IAuthenticationResult> begin() {
        try {
            return client.acquireTokenForManagedIdentity(ManagedIdentityParameters.builder(resource)
                    .forceRefresh(true)
                    .build());
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
