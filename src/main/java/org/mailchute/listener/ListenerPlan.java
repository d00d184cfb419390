package org.mailchute.listener;

import java.net.InetAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.door.Tls;

/**
 * What one listener does, as the settings say.
 *
 * @param name the intake's name in the settings
 * @param bind IP address of this machine
 * @param port 0 takes any free one
 * @param legacyPort a port of its own for devices that know TLS 1.0 and 1.1 only; empty for none
 * @param tls whether mail must come after STARTTLS
 * @param certificate looked at anew by each session; empty only when {@code tls} is {@link Tls#NONE}
 * @param networks only these may send; empty for any address that logs in
 * @param logins each device must log in; empty when the address is enough
 * @param loginWithoutTls takes a password before STARTTLS
 * @param nullSender takes the reverse path {@code <>}
 * @param maxMessageBytes of one message as it is sent
 * @param maxRecipients of one message; RFC 5321 section 4.5.3.1.8 wants 100 at least
 * @param maxConnections at a time, over all devices
 * @param maxPerAddress at a time, from one address
 * @param idle a device that is silent so long, or takes so long for one command, is cut off
 * @param sessionAge a session is over after so long, whatever it does
 * @param loginDelay before a wrong password is answered; the third one ends the session
 * @param charset of logins that are not UTF-8
 */
public record ListenerPlan(
        String name,
        String bind,
        int port,
        Optional<Integer> legacyPort,
        Tls tls,
        Optional<CertificateFiles> certificate,
        List<Network> networks,
        List<DeviceLogin> logins,
        boolean loginWithoutTls,
        boolean nullSender,
        long maxMessageBytes,
        int maxRecipients,
        int maxConnections,
        int maxPerAddress,
        Duration idle,
        Duration sessionAge,
        Duration loginDelay,
        Charset charset) {
    public ListenerPlan {
        networks = List.copyOf(networks);
        logins = List.copyOf(logins);
    }

    /** Anybody could send by it. */
    boolean isOpen() {
        return networks.isEmpty() && logins.isEmpty();
    }

    boolean tlsRequired() {
        return tls == Tls.REQUIRED;
    }

    /** Whether a device may connect from there. */
    boolean admits(InetAddress address) {
        return networks.isEmpty() || networks.stream().anyMatch(network -> network.contains(address));
    }
}
