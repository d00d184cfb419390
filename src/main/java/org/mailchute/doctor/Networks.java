package org.mailchute.doctor;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Addresses and networks by their numbers; never asks the DNS. */
final class Networks {
    private Networks() {}

    /** @param network an address, or one with a prefix length such as {@code 192.0.2.0/24} */
    static boolean contains(String network, String address) {
        String[] parts = network.split("/", 2);
        Optional<InetAddress> base = address(parts[0]);
        Optional<InetAddress> one = address(address);
        if (base.isEmpty()
                || one.isEmpty()
                || base.get().getAddress().length != one.get().getAddress().length) {
            return false;
        }
        int bits = base.get().getAddress().length * 8;
        int prefix =
                parts.length > 1 && parts[1].matches("\\d{1,3}") ? Math.min(bits, Integer.parseInt(parts[1])) : bits;
        BigInteger differ = number(base.get()).xor(number(one.get()));
        return differ.shiftRight(bits - prefix).signum() == 0;
    }

    /** Whether others in the world can reach it. */
    static boolean isPublic(String address) {
        return address(address)
                .filter(one -> !one.isLoopbackAddress()
                        && !one.isSiteLocalAddress()
                        && !one.isLinkLocalAddress()
                        && !contains("100.64.0.0/10", address)
                        && !contains("fc00::/7", address))
                .isPresent();
    }

    /** Of a literal. */
    static Optional<InetAddress> address(String text) {
        if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }
}
