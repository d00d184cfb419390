package org.mailchute.listener;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses that begin with the same bits, such as {@code 10.0.0.0/8} or {@code fd00::/8}. Never asks the DNS. */
public record Network(InetAddress base, int prefix) {
    /** @throws IllegalArgumentException when it is neither an address nor a network, or has bits behind its prefix */
    public static Network parse(String text) {
        String[] parts = text.strip().split("/", -1);
        InetAddress base = address(parts[0]);
        int bits = base.getAddress().length * 8;
        boolean plain = parts.length == 1;
        if (parts.length > 2 || !plain && !parts[1].matches("\\d{1,3}")) {
            throw new IllegalArgumentException("not an address or network");
        }
        Network network = new Network(base, plain ? bits : Integer.parseInt(parts[1]));
        if (network.prefix > bits || network.behind(base).signum() != 0) {
            throw new IllegalArgumentException("not a network: its address has bits behind the prefix");
        }
        return network;
    }

    private static InetAddress address(String text) {
        if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            throw new IllegalArgumentException("not an IP address");
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an IP address", e);
        }
    }

    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        int bits = octets.length * 8;
        return octets.length == base.getAddress().length
                && new BigInteger(1, octets)
                                .xor(number())
                                .shiftRight(bits - prefix)
                                .signum()
                        == 0;
    }

    /** Every address of its family. */
    public boolean everybody() {
        return prefix == 0;
    }

    private BigInteger number() {
        return new BigInteger(1, base.getAddress());
    }

    private BigInteger behind(InetAddress address) {
        int bits = address.getAddress().length * 8;
        return number().and(BigInteger.ONE.shiftLeft(bits - prefix).subtract(BigInteger.ONE));
    }

    @Override
    public String toString() {
        return base.getHostAddress() + "/" + prefix;
    }
}
