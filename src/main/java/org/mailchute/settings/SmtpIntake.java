package org.mailchute.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.intake.ReadyRule;
import org.mailchute.listener.DeviceLogin;
import org.mailchute.listener.Network;

/**
 * A listener for devices; see {@link org.mailchute.listener.ListenerPlan}.
 *
 * @param certificate empty only when {@code tls} is {@link Tls#NONE}
 * @param recipients to whom its devices may send; empty for whomever accept allows
 * @param rule who may send, and how much
 */
public record SmtpIntake(
        String name,
        String host,
        int port,
        Optional<Integer> legacyPort,
        Tls tls,
        Optional<CertificateFiles> certificate,
        List<Network> networks,
        List<DeviceLogin> logins,
        boolean loginWithoutTls,
        boolean nullSender,
        int maxConnections,
        int maxConnectionsPerAddress,
        Duration idle,
        Duration sessionAge,
        Duration loginDelay,
        boolean learning,
        List<AddressPattern> recipients,
        ReadyRule rule) {
    /** Whether devices must use TLS. */
    public enum Tls {
        REQUIRED,
        OPTIONAL,
        NONE
    }
}
