package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailchute.gateway.Letters.letter;

import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.settings.Settings;
import org.mailchute.settings.SettingsReader;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.DeadPort;
import org.mailchute.testing.LogLines;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

@DisplayName("P5: a lane that cannot prove who it is waits alone, and goes on by itself once it can")
class ProofJourneyTest {
    @RegisterExtension
    final Town town = new Town();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path chain;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path aside;

    @BeforeEach
    void build() throws Exception {
        town.withLaneOptions("probe: 1s");
        town.microsoft365(); // has the certificates made
        chain = town.folder("certificates").resolve("client-chain.pem");
        aside = town.folder("certificates").resolve("aside.pem");
    }

    private DeliveryEvent theOthersGoOn() {
        town.publish(letter("quality@partner.example"));
        town.publish(letter("anna@contoso.example"));
        assertThat(town.awaitReceived(1).get(0).option()).isEqualTo("direct-send");
        DeliveryEvent held = town.awaitEvent(Kind.LANE_HELD);
        assertThat(held.lane()).isEqualTo("connector");
        assertThat(town.events(Kind.LANE_HELD)).hasSize(1);
        return held;
    }

    private void mend() throws Exception {
        Files.move(aside, chain, StandardCopyOption.REPLACE_EXISTING);
        assertThat(town.awaitReceived(2).get(1).option()).isEqualTo("relay");
        town.awaitEvent(Kind.LANE_OPEN);
        assertThat(town.events(Kind.DEAD)).isEmpty();
    }

    @Test
    void aMissingCertificateHoldsItsLaneUntilItIsThere() throws Exception {
        Files.move(chain, aside);
        town.start();
        DeliveryEvent held = theOthersGoOn();
        assertThat(held.reason()).contains("client-chain.pem cannot be read");
        assertThat(held.remedy()).contains("Check its name and who may read it");
        mend();
    }

    @Test
    void anExpiredCertificateHoldsItsLaneUntilItIsRenewed() throws Exception {
        Files.move(chain, aside);
        X509Bundle expired = new Certificates()
                .client("gateway.contoso.example", Clock.systemUTC().instant().minus(Duration.ofDays(9)));
        Files.writeString(chain, expired.getCertificatePathPEM());
        town.start();
        assertThat(theOthersGoOn().reason()).contains("client-chain.pem expired at 20");
        mend();
    }

    @Test
    void aTrustFileThatHoldsNoCertificateHoldsTheLanesThatTrustByItOnly() throws Exception {
        Files.writeString(town.folder("certificates").resolve("ca.pem"), "no certificate");
        town.start();
        await("both lanes are held").until(() -> town.events(Kind.LANE_HELD).size() == 2);
        assertThat(town.events(Kind.LANE_HELD))
                .extracting(DeliveryEvent::lane)
                .containsExactlyInAnyOrder("connector", "mailbox");
        town.publish(letter("anna@contoso.example"));
        town.awaitReceived(1);
    }

    @Test
    void checkReportsWhatWouldHoldALane() throws Exception {
        Files.delete(chain);
        Settings settings = SettingsReader.read(town.settings(), Map.of());
        assertThat(settings.lanes().stream()
                        .flatMap(lane -> LaneProofs.fault(settings.home(), lane, Clock.systemUTC()).stream()))
                .singleElement()
                .satisfies(e -> assertThat(e).hasMessageContaining("client-chain.pem cannot be read"));
    }

    @Test
    void anEntraThatIsAwayAtTheStartPausesItsLaneOnlyAndCostsNoAttempt() throws Exception {
        try (DeadPort nobody = new DeadPort()) {
            town.withAuthority("https://127.0.0.1:" + nobody.number() + "/contoso.example/")
                    .start();
            town.publish(letter("buyer@fabrikam.example"));
            DeliveryEvent paused = town.awaitEvent(Kind.LANE_PAUSED);
            assertThat(paused.lane()).isEqualTo("mailbox");
            assertThat(paused.reason()).contains("Microsoft Entra");
            town.publish(letter("anna@contoso.example"));
            town.awaitReceived(1);
            await("the message waits").until(() -> town.gateway().waiting("mailbox") == 1);
            assertThat(town.events(Kind.DEAD)).isEmpty();
        }
    }

    @Test
    void aRunningGatewayTellsWhichProofEndsSoon() throws Exception {
        try (LogLines log = LogLines.of(ProofEnds.class.getName())) {
            town.withCertificateUntil(Instant.now().plusSeconds(80_000)).start();
            await("told")
                    .until(() ->
                            log.lines().stream().anyMatch(line -> line.contains("lane connector: its certificate")));
        }
        assertThat(town.metrics()).contains("mailchute_proof_end_timestamp_seconds{lane=\"connector\"}");
    }
}
