package org.mailchute.credentials;

import com.microsoft.aad.msal4j.DeviceCodeFlowParameters;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.PublicClientApplication;
import java.io.IOException;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * A person signs in at any browser with a short code (RFC 8628), once; the gateway goes on by itself from then.
 *
 * @param timeout for each request, not for the person
 */
public record SignIn(DelegatedApp app, TokenFile kept, TlsSource tls, Duration timeout) {
    /**
     * Waits until the person has signed in, at most as long as Entra's code lives (15 minutes).
     *
     * @param tell gets the sentence that says where to go and which code to enter
     * @return who signed in
     * @throws CredentialException when nobody did, or Entra refuses
     * @throws IOException when the sign-in cannot be kept
     */
    public String run(Consumer<String> tell) throws CredentialException, IOException {
        EntraErrors errors =
                new EntraErrors(EntraApp.host(app.authority()), Optional.empty(), Optional.of(app.signIn()));
        try {
            PublicClientApplication client = PublicClient.of(app, tls, timeout);
            IAuthenticationResult result = client.acquireToken(
                            DeviceCodeFlowParameters.builder(Set.of(app.scope()), code -> tell.accept(code.message()))
                                    .build())
                    .join();
            kept.write(new SecretText(client.tokenCache().serialize()));
            return result.account() == null ? "" : result.account().username();
        } catch (CompletionException | MalformedURLException e) {
            throw errors.explain(e);
        }
    }
}
