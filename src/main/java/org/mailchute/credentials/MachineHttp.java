package org.mailchute.credentials;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * HTTP to the endpoint of the machine we run on, never by a proxy. It remembers the last status, which msal4j's exceptions for
 * managed identities do not carry.
 */
final class MachineHttp implements IHttpClient {
    /**
     * Not now, says Azure: being updated (404, 410), slow (408), asked too often (429). Microsoft, "How to use managed
     * identities on a VM to acquire an access token", error handling.
     */
    private static final Set<Integer> NOT_NOW = Set.of(404, 408, 410, 429);

    private final TokenHttp http;
    private volatile int lastStatus;

    MachineHttp(Duration timeout) {
        this.http = TokenHttp.withoutProxy(timeout);
    }

    @Override
    public IHttpResponse send(HttpRequest asked)
            throws IOException, InterruptedException, TimeoutException, ExecutionException, CredentialException {
        IHttpResponse answer = http.send(asked);
        lastStatus = answer.statusCode();
        return TrueAnswers.ofAzure(asked, answer);
    }

    /** Nothing was asked yet. */
    void forget() {
        lastStatus = 0;
    }

    /** The last status; 0 without an answer. */
    int lastStatus() {
        return lastStatus;
    }

    /** Whether the last answer means that a later one may be another. */
    boolean notNow() {
        return notNow(lastStatus);
    }

    static boolean notNow(int status) {
        return status >= 500 || NOT_NOW.contains(status);
    }
}
