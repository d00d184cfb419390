package org.mailchute.smtp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.mailchute.nexthop.MxAnswer;
import org.mailchute.reply.Stage;

/** Finds the servers of a lane when a session is to be opened, in the order they are tried. */
@FunctionalInterface
public interface Servers {
    /**
     * @param name what its certificate must carry
     * @param address to connect to
     */
    record Server(String name, InetAddress address) {}

    /** None can be tried. */
    final class NotFound extends Exception {
        private static final long serialVersionUID = 1;
        private final Stage stage;

        private NotFound(Stage stage, String why) {
            super(why);
            this.stage = stage;
        }

        /** {@link Stage#LOOKUP} when a person must act, {@link Stage#CONNECT} when it may pass. */
        Stage stage() {
            return stage;
        }
    }

    /** At least one. */
    List<Server> find() throws NotFound;

    /**
     * One host by its name, with all its addresses, IPv4 first whatever Java prefers: Microsoft asks more of a sender over IPv6
     * (PTR, SPF or DKIM).
     *
     * @param ipv4 IPv4 only. Microsoft's connectors know a sender by IPv4 addresses only, while its MX hosts have had IPv6
     *     addresses too since October 2024: over IPv6 a gateway would miss its own connector
     */
    static Servers of(String host, boolean ipv4) {
        return () -> servers(host, ipv4);
    }

    /** The MX hosts of a domain, asked for each time; what asks keeps answers as long as it may. */
    static Servers mx(String domain, Supplier<MxAnswer> mx, boolean ipv4) {
        return () -> {
            MxAnswer answer = mx.get();
            if (answer instanceof MxAnswer.Hosts hosts) {
                List<Server> all = new ArrayList<>();
                for (String host : hosts.names()) {
                    all.addAll(servers(host, ipv4));
                }
                return all;
            }
            throw notFound(domain, answer);
        };
    }

    private static NotFound notFound(String domain, MxAnswer answer) {
        if (answer instanceof MxAnswer.Unknown unknown) {
            return new NotFound(Stage.CONNECT, "the MX host of " + domain + " is not known: " + unknown.why());
        }
        if (answer instanceof MxAnswer.Elsewhere other) {
            return new NotFound(
                    Stage.LOOKUP,
                    "the MX hosts of " + domain + " are not Microsoft 365's but " + String.join(", ", other.names())
                            + "; Set the lane's host to the tenant's own, such as contoso-com.mail.protection.outlook.com"
                            + " (admin center, Settings, Domains), in place of domain.");
        }
        String what = answer instanceof MxAnswer.NullMx ? " takes no mail (null MX, RFC 7505)" : " is not in the DNS";
        return new NotFound(Stage.LOOKUP, domain + what + "; Correct domain of the lane.");
    }

    private static List<Server> servers(String host, boolean ipv4) throws NotFound {
        try {
            List<Server> found = ordered(Stream.of(InetAddress.getAllByName(host)), ipv4)
                    .map(address -> new Server(host, address))
                    .toList();
            if (found.isEmpty()) {
                throw new NotFound(Stage.CONNECT, "no IPv4 address known for " + host);
            }
            return found;
        } catch (UnknownHostException e) {
            throw new NotFound(Stage.CONNECT, "no address known for " + host);
        }
    }

    /** IPv4 before IPv6, or IPv4 only; otherwise as the name server gave them. */
    static Stream<InetAddress> ordered(Stream<InetAddress> addresses, boolean ipv4) {
        return addresses
                .filter(address -> !ipv4 || address instanceof Inet4Address)
                .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)));
    }
}
