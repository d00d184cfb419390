package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.credentials.TlsContexts;
import org.mailchute.testing.Certificates;

class ConsoleDoorJourneyTest {
    @RegisterExtension
    final Town town = new Town();

    @Test
    @DisplayName(
            "P9: with a certificate the port talks TLS alone, to commands and browsers; a link of the command lets in once")
    void withACertificateThePortTalksTlsAndALinkOfTheCommandLetsIn() throws Exception {
        Certificates authority = new Certificates();
        X509Bundle certificate = authority.server("gateway.contoso.com", "127.0.0.1");
        Path papers = town.folder("papers");
        Files.writeString(papers.resolve("chain.pem"), certificate.getCertificatePathPEM());
        Files.writeString(papers.resolve("key.pem"), certificate.getPrivateKeyPEM());
        town.withManagementOptions(
                        "certificate: {chain: \"%s/chain.pem\", key: \"%s/key.pem\"}".formatted(papers, papers))
                .start();
        HttpClient browser = HttpClient.newBuilder()
                .sslContext(TlsContexts.of(Optional.of(authority.trustFile(papers)), Optional.empty()))
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        assertThat(town.command("lanes").out()).contains("mailbox");
        URI link = URI.create(town.command("console").out().strip());
        assertThat(link.toString()).matches("https://127\\.0\\.0\\.1:\\d+/console/enter\\?ticket=.{43}");

        HttpResponse<String> in = browser.send(
                HttpRequest.newBuilder(link.resolve("/console/enter"))
                        .header("Sec-Fetch-Site", "same-origin")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(link.getQuery()))
                        .build(),
                BodyHandlers.ofString());

        assertThat(in.uri().getPath()).isEqualTo("/console");
        assertThat(in.body()).contains("(administrator)");
        Files.writeString(
                town.home().resolve("management.certificate"),
                authority.server("gateway.contoso.com", "127.0.0.1").getCertificatePEM());
        assertThat(town.command("lanes").err()).contains("another certificate than the one that was told");
    }
}
