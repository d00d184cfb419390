package org.mailchute.listener;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.SecretText;
import org.mailchute.door.Tls;
import org.mailchute.envelope.MailAddress;
import org.mailchute.testing.Patience;

/** Plans for tests: the standard one with one thing changed. */
final class Plans {
    static final List<Network> LOOPBACK = List.of(Network.parse("127.0.0.1"));
    static final List<DeviceLogin> LOGINS = List.of(new DeviceLogin("copier", new SecretText("pass word")));

    Optional<Integer> legacyPort = Optional.empty();
    Tls tls = Tls.NONE;
    Optional<CertificateFiles> certificate = Optional.empty();
    List<Network> networks = LOOPBACK;
    List<DeviceLogin> logins = List.of();
    boolean loginWithoutTls;
    boolean nullSender;
    long bytes = 10_000;
    int recipients = 3;
    int connections = 50;
    int perAddress = 50;
    Duration idle = Patience.LONGEST;
    Duration age = Duration.ofDays(1);
    Duration loginDelay = Duration.ofMillis(200);
    Optional<UnknownDevices> learning = Optional.empty();
    final MeterRegistry meters = new SimpleMeterRegistry();

    ListenerServer start(Handover inbox) throws Exception {
        return start(inbox, Clock.systemUTC());
    }

    ListenerServer start(Handover inbox, Clock clock) throws Exception {
        return ListenerServer.start(
                plan(), new Host("gateway.contoso.example", policy(), inbox, learning, meters), clock);
    }

    ListenerPlan plan() {
        return new ListenerPlan(
                "devices",
                "127.0.0.1",
                0,
                legacyPort,
                tls,
                certificate,
                networks,
                logins,
                loginWithoutTls,
                nullSender,
                bytes,
                recipients,
                connections,
                perAddress,
                idle,
                age,
                loginDelay,
                Charset.forName("windows-1252"));
    }

    static Policy policy() {
        return new Policy() {
            @Override
            public Optional<String> sender(MailAddress sender) {
                return contoso(sender, " may not send");
            }

            @Override
            public Optional<String> recipient(MailAddress recipient) {
                return contoso(recipient, " gets no mail");
            }
        };
    }

    private static Optional<String> contoso(MailAddress address, String why) {
        return address.domain().equals("contoso.example") ? Optional.empty() : Optional.of(address + why);
    }
}
