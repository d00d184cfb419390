package org.mailchute.credentials;

import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * Asks the Azure machine, App Service or Arc server we run on for tokens of its own identity. Where to ask is in the
 * environment Azure gives us; without any it is the link-local address 169.254.169.254.
 */
final class ManagedIdentityTokens implements TokenFetch {
    private final ManagedIdentityApplication client;
    private final MachineHttp http;
    private final String resource;

    /**
     * @param clientId of a user-assigned identity; empty for the machine's own
     * @param scope ends in {@code /.default}; this endpoint wants it without
     */
    ManagedIdentityTokens(Optional<String> clientId, String scope, Duration timeout) {
        this.http = new MachineHttp(timeout);
        this.resource = scope.replaceFirst("/\\.default$", "");
        this.client = ManagedIdentityApplication.builder(clientId.map(ManagedIdentityId::userAssignedClientId)
                        .orElseGet(ManagedIdentityId::systemAssigned))
                .httpClient(http)
                .build();
    }

    @Override
    public CompletableFuture<IAuthenticationResult> begin() {
        http.forget();
        try {
            return client.acquireTokenForManagedIdentity(ManagedIdentityParameters.builder(resource)
                            .forceRefresh(true)
                            .build())
                    .exceptionallyCompose(fault -> CompletableFuture.failedFuture(notNowOr(fault)));
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Throwable notNowOr(Throwable fault) {
        return http.notNow() ? notNow(fault) : fault;
    }

    @Override
    public Optional<CredentialException> meanwhile() {
        return http.notNow() ? Optional.of(notNow(new TimeoutException())) : Optional.empty();
    }

    private CredentialException notNow(Throwable cause) {
        return new CredentialException(
                "no token from Entra: Azure's managed identity endpoint answers " + http.lastStatus(),
                "If it lasts, look at the machine in the Azure portal: Identity, and Resource health.",
                true,
                cause);
    }
}
