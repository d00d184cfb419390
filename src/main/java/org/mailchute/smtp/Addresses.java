package org.mailchute.smtp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** The addresses of a server, in the order they are tried. */
@FunctionalInterface
public interface Addresses {
    /** As the resolver gives them. */
    Addresses ANY = host -> List.of(InetAddress.getAllByName(host));

    /**
     * IPv4 only. Microsoft's connectors know a sender by IPv4 addresses only, while its MX hosts have had IPv6 addresses too
     * since October 2024: over IPv6 a gateway would miss its own connector.
     */
    Addresses IPV4 = host -> {
        List<InetAddress> found = Stream.of(InetAddress.getAllByName(host))
                .filter(Inet4Address.class::isInstance)
                .toList();
        if (found.isEmpty()) {
            throw new UnknownHostException(host + " has no IPv4 address");
        }
        return found;
    };

    /**
     * At least one address.
     *
     * @throws UnknownHostException when there is none of the wanted kind
     */
    List<InetAddress> of(String host) throws UnknownHostException;
}
