#!/usr/bin/env bash
# With a token that lasts for a day comes refresh_in, of half a day: from then on a client may ask for the next one in time. At that moment
# Entra, or the network to it, is away.
#
# One would guess: acquireToken goes on giving the token of its cache, which is valid for hours, until it can get another; that is what the early
# renewal is for.
# Seen: for an application (ConfidentialClientApplication, client credentials) it throws from refresh_in on, at each call: when the endpoint answers
# 503, when it refuses the secret, and when it cannot be reached. So the early renewal ends the service early, and the token must be kept by oneself.
# Without refresh_in the same token is given from the cache to nearly its end, and nobody is asked.
# Versions: msal4j 1.26.1, Java 17. Date: 2026-11-30.
# Needs a JDK and Maven. Ends with 0 while this is so.
set -euo pipefail

VERSION=1.26.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>com.microsoft.azure</groupId><artifactId>msal4j</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import com.microsoft.aad.msal4j.*;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.*;
import java.net.http.HttpClient;
import java.util.*;
import java.util.concurrent.ExecutionException;

public class Finding {
    record Answer(int statusCode, String body) implements IHttpResponse {
        @Override
        public Map<String, List<String>> headers() {
            return Map.of();
        }
    }

    /** What the endpoint answers now. */
    static volatile Answer now;
    static volatile int asked;

    static HttpServer endpoint() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", request -> {
            request.getRequestBody().readAllBytes();
            asked++;
            byte[] body = now.body().getBytes();
            request.sendResponseHeaders(now.statusCode(), body.length);
            request.getResponseBody().write(body);
            request.close();
        });
        server.start();
        return server;
    }

    /** An application whose requests go to the server on loopback. */
    static ConfidentialClientApplication application(int port, String id) throws Exception {
        IHttpClient http = request -> {
            var said = HttpClient.newHttpClient().send(
                    java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(request.body())).build(),
                    java.net.http.HttpResponse.BodyHandlers.ofString());
            return new Answer(said.statusCode(), said.body());
        };
        return ConfidentialClientApplication.builder(id, ClientCredentialFactory.createFromSecret("secret"))
                .authority("https://login.microsoftonline.com/contoso.example/")
                .instanceDiscovery(false)
                .httpClient(http)
                .build();
    }

    static String token(ConfidentialClientApplication application) throws Exception {
        try {
            return application.acquireToken(ClientCredentialParameters.builder(Set.of("https://outlook.office365.com/.default")).build())
                    .get().accessToken();
        } catch (ExecutionException e) {
            return e.getCause().getClass().getSimpleName();
        }
    }

    static Answer good(String name, String more) {
        return new Answer(200, "{\"token_type\":\"Bearer\",\"access_token\":\"" + name + "\",\"expires_in\":86400" + more + "}");
    }

    static Answer bad(int status, String error) {
        return new Answer(status, "{\"error\":\"" + error + "\",\"error_description\":\"" + error + "\"}");
    }

    static boolean same = true;

    static void expect(String when, String got, String expected) {
        System.out.println(when + ": " + got);
        same &= got.equals(expected);
    }

    public static void main(String[] args) throws Exception {
        HttpServer server = endpoint();
        int port = server.getAddress().getPort();
        now = good("first", "");
        ConfidentialClientApplication plain = application(port, "11111111-2222-3333-4444-555555555555");
        token(plain);
        now = good("early", ",\"refresh_in\":1");
        ConfidentialClientApplication early = application(port, "21111111-2222-3333-4444-555555555555");
        expect("with refresh_in of 1 s, at first", token(early), "early");
        Thread.sleep(2_500);

        now = bad(503, "temporarily_unavailable");
        int before = asked;
        expect("without refresh_in, the endpoint would say 503", token(plain), "first");
        System.out.println("  it was asked " + (asked - before) + " times for that");
        same &= asked == before;
        expect("after refresh_in, the endpoint says 503", token(early), "MsalServiceException");
        now = bad(401, "invalid_client");
        expect("after refresh_in, the endpoint refuses the secret", token(early), "MsalServiceException");
        server.stop(0);
        expect("after refresh_in, nobody answers", token(early), "MsalClientException");
        expect("without refresh_in, nobody would answer", token(plain), "first");
        System.out.println(same ? "as seen: a token of a day is thrown away at refresh_in" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
echo "msal4j $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
timeout 55 java -XX:TieredStopAtLevel=1 -cp 'lib/*' Finding.java
