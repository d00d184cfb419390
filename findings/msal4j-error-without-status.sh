#!/usr/bin/env bash
# One would guess: MsalServiceException.statusCode() tells which HTTP status the token endpoint answered, so a 503 of a gateway on the
# way (try again) is told from a 400 of Entra's (a person must look).
# Seen: it is null unless the body is JSON with both "error" and "error_description". For a 503 without a body, with {} or with
# an error alone it is null, and the error code is "unknown": the status stands in the English message only, and `int status =
# e.statusCode()` ends with a NullPointerException. A page of HTML is a MsalJsonParsingException, again without a status. Only an
# IHttpClient of one's own sees what was answered.
# msal4j 1.26.1, Java 17, 2026-11-29.
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
import java.net.*;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.*;

public class Finding {
    record Answer(int statusCode, String body) implements IHttpResponse {
        @Override
        public Map<String, List<String>> headers() {
            return Map.of();
        }
    }

    /** Whatever msal4j asks for goes to the server on loopback. */
    static IHttpClient to(URI server) {
        return asked -> {
            var said = HttpClient.newHttpClient().send(
                    java.net.http.HttpRequest.newBuilder(server).POST(java.net.http.HttpRequest.BodyPublishers.ofString(asked.body())).build(),
                    java.net.http.HttpResponse.BodyHandlers.ofString());
            return new Answer(said.statusCode(), said.body());
        };
    }

    static volatile String body;

    static MsalServiceException ask(URI server) throws Exception {
        try {
            ConfidentialClientApplication.builder("11111111-2222-3333-4444-555555555555", ClientCredentialFactory.createFromSecret("secret"))
                    .authority("https://login.microsoftonline.com/contoso.example/")
                    .instanceDiscovery(false)
                    .httpClient(to(server))
                    .build()
                    .acquireToken(ClientCredentialParameters.builder(Set.of("https://outlook.office365.com/.default")).build())
                    .get();
            throw new IllegalStateException("a token of a 503");
        } catch (java.util.concurrent.ExecutionException e) {
            return (MsalServiceException) e.getCause();
        }
    }

    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", request -> {
            request.getRequestBody().readAllBytes();
            byte[] octets = body.getBytes(StandardCharsets.US_ASCII);
            request.sendResponseHeaders(503, octets.length == 0 ? -1 : octets.length);
            request.getResponseBody().write(octets);
            request.close();
        });
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        boolean same = true;
        for (String each : List.of("", "{}", "{\"error\":\"temporarily_unavailable\"}", "<html>Busy</html>",
                "{\"error\":\"temporarily_unavailable\",\"error_description\":\"Busy\"}")) {
            body = each;
            MsalServiceException told = ask(uri);
            System.out.printf("503 with %-75s -> %s, statusCode()=%s, errorCode()=%s%n",
                    each.isEmpty() ? "no body" : each, told.getClass().getSimpleName(), told.statusCode(), told.errorCode());
            same &= each.contains("description") == Integer.valueOf(503).equals(told.statusCode());
        }
        server.stop(0);
        System.exit(same ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "msal4j $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -cp 'lib/*:.' Finding
