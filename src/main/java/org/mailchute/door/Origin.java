package org.mailchute.door;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where connections and guesses come from that are counted together: an IPv4 address, or the /64 of an IPv6 address, any of which
 * whoever has one may take (RFC 4291 section 2.5.4).
 *
 * @param network of IPv6 its first address, else the address itself
 */
public record Origin(InetAddress network) {
    private static final int HOST = 8;

    /** @param network any address */
    public Origin {
        network = counted(network);
    }

    private static InetAddress counted(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return address;
        }
        try {
            InetAddress plain =
                    InetAddress.getByAddress(address.getAddress()); // IPv4 of what is mapped, without a zone
            return plain instanceof Inet6Address ? InetAddress.getByAddress(first(plain.getAddress())) : plain;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // it is as long as it was
        }
    }

    private static byte[] first(byte[] address) {
        Arrays.fill(address, HOST, address.length, (byte) 0);
        return address;
    }

    @Override
    public String toString() {
        boolean many = network instanceof Inet6Address && !network.isLoopbackAddress();
        return network.getHostAddress() + (many ? "/64" : "");
    }
}
