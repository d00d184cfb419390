package org.mailchute.doctor;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.mailchute.smtp.Servers;
import org.mailchute.smtp.Servers.Server;

/** Opens sessions to one lane's server, as its lane would. */
record Line(Patient patient, Duration timeout) {
    private static final int TRIES = 3;

    /**
     * Connected to the first address that answers; nothing heard yet.
     *
     * @throws IOException of the last address that was tried
     * @throws Servers.NotFound when there is none to try
     */
    Talk open() throws IOException, Servers.NotFound {
        IOException last = new IOException("no address of the family of the lane's sourceAddress");
        for (Server server : servers()) {
            try {
                return Talk.open(server, patient.peer().port(), patient.peer().sourceAddress(), timeout);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** Connected, greeted, and ready for TLS. */
    Talk atStartTls() throws IOException {
        Talk talk = again();
        try {
            talk.hear();
            talk.say("EHLO " + patient.peer().ehloName());
            Heard agreed = talk.say("STARTTLS");
            if (!agreed.positive()) {
                throw new IOException("STARTTLS refused: " + agreed.reply());
            }
            return talk;
        } catch (IOException e) {
            talk.close();
            throw e;
        }
    }

    private Talk again() throws IOException {
        try {
            return open();
        } catch (Servers.NotFound e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** IPv4 first: address connectors know no other. */
    private List<Server> servers() throws IOException, Servers.NotFound {
        Predicate<InetAddress> reachable = reachable();
        return patient.peer().servers().find().stream()
                .filter(server -> reachable.test(server.address()))
                .sorted(Comparator.comparing(server -> server.address() instanceof Inet6Address))
                .limit(TRIES)
                .toList();
    }

    private Predicate<InetAddress> reachable() throws IOException {
        if (patient.peer().sourceAddress().isEmpty()) {
            return address -> true;
        }
        boolean four = InetAddress.getByName(patient.peer().sourceAddress().get()) instanceof Inet4Address;
        return address -> address instanceof Inet4Address == four;
    }
}
