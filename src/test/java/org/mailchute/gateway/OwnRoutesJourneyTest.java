package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.settings.FaultySettings;
import org.mailchute.simulator.Received;
import org.mailchute.testing.CopyingRoutes;
import org.mailchute.testing.FilesIn;
import org.mailchute.trace.DeliveryEvent.Kind;

/** An administrator's own route files, in a running gateway. */
class OwnRoutesJourneyTest {
    @RegisterExtension
    final Town town = new Town().withoutConnector();

    private Path routes() throws Exception {
        Path routes = town.folder("routes");
        town.withGatewayOptions("routes: \"" + routes + "\"");
        return routes;
    }

    @Test
    void oneReplacedRouteAndOneAddedKeepACopyOfEachAcceptance() throws Exception {
        CopyingRoutes copying = new CopyingRoutes(routes(), town.folder("copies"));
        town.start();
        town.publish(Letters.letter("anna@contoso.example"));
        town.awaitReceived(1);
        assertThat(copying.copy()).contains("\"kind\":\"ACCEPTED\"", "anna@contoso.example");
    }

    @Test
    void eachMessageIsArchivedAsItLeavesBehindCompose() throws Exception {
        Path archive = town.root().resolve("archive");
        String compose = "                - bean:\n                    ref: compose\n";
        String lane = Files.readString(Path.of("routes/4-lane.camel.yaml"));
        assertThat(lane).contains(compose);
        Files.writeString(
                routes().resolve("4-lane.camel.yaml"),
                lane.replace(compose, compose + compose + "                    method: copy(*, '" + archive + "')\n"));
        town.start();
        town.publish(Letters.letter("anna@contoso.example"));
        town.scan("scans", "scan.bin", "a scan");
        town.awaitReceived(2);
        town.awaitEmptySpool();

        List<String> copies = new ArrayList<>();
        for (Path file : FilesIn.folder(archive)) {
            assertThat(archive.relativize(file).toString()).matches("\\d{4}-\\d\\d-\\d\\d/[0-9A-Z]{16}-[a-z]+\\.eml");
            copies.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
        assertThat(copies).hasSize(2);
        for (Received mail : town.received()) {
            assertThat(copies).anyMatch(copy -> Letters.text(mail).strip().endsWith(copy.strip()));
        }
    }

    /** Started by the gateway, whatever it says itself of that. */
    @Test
    void aStepMoreForEventsHearsOfEachThoughOneOfThemFailsAgainAndAgain() throws Exception {
        Path copies = town.folder("copies");
        String steps = """
                        - filter:
                            simple: ${exchangeProperty.event.kind} == 'RECEIVED'
                            steps:
                              - throwException:
                                  exceptionType: jakarta.jms.JMSException
                                  message: no
                        - to:
                            uri: file:%s?fileName=${exchangeProperty.event.kind}.json&tempPrefix=.new-
                """.formatted(copies);
        Files.writeString(
                routes().resolve("8-events.camel.yaml"),
                Files.readString(Path.of("routes/8-events.camel.yaml")).replace("    autoStartup: false\n", "")
                        + steps);
        town.start();
        town.publish(Letters.letter("anna@contoso.example"));
        town.awaitEmptySpool();
        Path copy = copies.resolve("ACCEPTED.json");
        Awaitility.await("the copy").until(() -> Files.exists(copy));
        assertThat(Files.readString(copy)).contains("\"kind\":\"ACCEPTED\"", "anna@contoso.example");
        assertThat(town.events(Kind.RECEIVED)).hasSize(1);
        assertThat(town.events(Kind.ACCEPTED)).hasSize(1);
    }

    @Test
    void aFileThatCannotWorkKeepsTheGatewayFromStartingAndNothingIsTaken() throws Exception {
        Path file = Files.writeString(
                routes().resolve("5-accepted.camel.yaml"),
                CopyingRoutes.accepted("        - bean:\n            ref: nobody\n"));
        assertThatThrownBy(town::start)
                .isInstanceOf(FaultySettings.class)
                .hasMessageContaining(file + ":")
                .hasMessageContaining("found \"nobody\", expected a bean of the gateway");
    }
}
