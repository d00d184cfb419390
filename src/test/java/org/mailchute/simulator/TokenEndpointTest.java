package org.mailchute.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario.App;

/** The token endpoint, asked by the real msal4j. */
class TokenEndpointTest {
    private Tenant tenant;
    private App app;
    private String authority;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        App standard = Scenario.standard().app();
        // msal4j keeps refusals by client id for two minutes, so each test is a client of its own
        app = new App(standard.tenant(), UUID.randomUUID().toString(), standard.clientSecret());
        tenant = new Tenant(folder, Scenario.standard().with("app", app));
        authority = tenant.exchange.tokenEndpoint().toString();
    }

    @AfterEach
    void stop() throws Exception {
        tenant.close();
    }

    @Test
    void eachRequestGetsATokenOfItsOwn() throws Exception {
        assertThat(tenant.token()).isNotEqualTo(tenant.token());
        assertThat(authority).matches("https://localhost:\\d+/contoso\\.example/");
    }

    @Test
    void aWrongSecretIsRefused() {
        assertThatThrownBy(() -> tenant.token(authority, app.clientId(), "wrong", Tenant.SCOPE))
                .hasMessageContaining("AADSTS7000215");
    }

    @Test
    void anotherApplicationIsRefused() {
        String other = UUID.randomUUID().toString();
        assertThatThrownBy(() -> tenant.token(authority, other, app.clientSecret(), Tenant.SCOPE))
                .hasMessageContaining("AADSTS700016");
    }

    @Test
    void anotherScopeIsRefused() {
        String other = "https://vault.azure.net/.default";
        assertThatThrownBy(() -> tenant.token(authority, app.clientId(), app.clientSecret(), other))
                .hasMessageContaining("AADSTS70011");
    }

    @Test
    void anotherTenantIsRefused() {
        String other = authority.replace("contoso.example", "fabrikam.example");
        assertThatThrownBy(() -> tenant.token(other, app.clientId(), app.clientSecret(), Tenant.SCOPE))
                .hasMessageContaining("AADSTS90002");
    }

    @Test
    void theDiscoveryDocumentNamesTheTokenEndpoint() throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(tenant.trust()).build();
        URI document = URI.create(authority + "v2.0/.well-known/openid-configuration");
        assertThat(client.send(HttpRequest.newBuilder(document).build(), BodyHandlers.ofString())
                        .body())
                .contains("\"token_endpoint\":\"" + authority + "oauth2/v2.0/token\"");
    }
}
