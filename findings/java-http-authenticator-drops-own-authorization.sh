#!/usr/bin/env bash
# One would guess: HttpClient's Authenticator answers those who ask for a login, such as a proxy; a request that brings its own Authorization
# header (a bearer token) keeps it, since the server has asked for nothing.
# Seen: as soon as the client has any Authenticator, even one that knows no password, the request's own Authorization header is left out, at the
# first request and without a word; request.headers() still shows it. So a client that needs a
# proxy's login and a token for the server must send both as headers and have no Authenticator.
# OpenJDK 17.0.15, 2026-11-30.
# Needs a JDK. Ends with 0 while this is so.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > Finding.java <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import java.net.*;
import java.net.http.*;
import java.util.*;

public class Finding {
    static String answer(HttpClient client, int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .header("Authorization", "Bearer token")
                .header("X-Other", "stays")
                .build();
        if (!request.headers().firstValue("Authorization").orElse("").equals("Bearer token")) {
            throw new IllegalStateException("the request has lost it already");
        }
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    public static void main(String[] none) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] seen = (exchange.getRequestHeaders().getFirst("Authorization") + ", "
                    + exchange.getRequestHeaders().getFirst("X-Other")).getBytes();
            exchange.sendResponseHeaders(200, seen.length);
            exchange.getResponseBody().write(seen);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        Authenticator knowsNothing = new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                System.out.println("somebody asked for a login");
                return null;
            }
        };
        String without = answer(HttpClient.newHttpClient(), port);
        String with = answer(HttpClient.newBuilder().authenticator(knowsNothing).build(), port);
        server.stop(0);
        System.out.println("the server saw, of a client without Authenticator: " + without);
        System.out.println("the server saw, of a client with one that was never asked: " + with);
        boolean same = without.equals("Bearer token, stays") && with.equals("null, stays");
        System.out.println(same ? "so it is still: an Authenticator takes away the request's own Authorization" : "this has changed");
        System.exit(same ? 0 : 1);
    }
}
JAVA
java -version 2>&1 | head -1
timeout 50 java Finding.java
