package org.mailchute.listener;

import java.net.InetAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mailchute.credentials.TlsSource;

/**
 * What one listener does.
 *
 * @param name the intake's name in the settings
 * @param gateway our host name, said in the greeting
 * @param bind IP address of this machine
 * @param port 0 takes any free one
 * @param legacyPort a port of its own for devices that know TLS 1.0 and 1.1 only; empty for none
 * @param tls asked for anew by each session; empty for none
 * @param tlsRequired no mail without STARTTLS
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
 * @param learning lists devices that are not known
 */
public record ListenerPlan(
        String name,
        String gateway,
        String bind,
        int port,
        Optional<Integer> legacyPort,
        Optional<TlsSource> tls,
        boolean tlsRequired,
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
        Charset charset,
        Optional<UnknownDevices> learning) {
    /** @throws IllegalArgumentException when anybody could send by it */
    public ListenerPlan {
        networks = List.copyOf(networks);
        logins = List.copyOf(logins);
        if (networks.isEmpty() && logins.isEmpty()) {
            throw new IllegalArgumentException("a listener without networks and logins is an open relay");
        }
    }

    /** Whether a device may connect from there. */
    boolean admits(InetAddress address) {
        return networks.isEmpty() || networks.stream().anyMatch(network -> network.contains(address));
    }
}
