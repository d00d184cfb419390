package org.mailchute.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mailchute.reply.Service;
import org.mailchute.service.ServiceProfile;
import org.mailchute.settings.yaml.Kind;

/** Which hosts are Microsoft's and which are this machine. */
public final class Hosts {
    private static final Pattern NAME =
            Pattern.compile("(?i)[a-z0-9_]([a-z0-9_-]{0,62})?(\\.[a-z0-9_]([a-z0-9_-]{0,62})?)*");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[?[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*]?");

    static final Kind<String> HOST = new Kind<>("a host name", "localhost", Hosts::parse);
    static final Kind<String> ADDRESS =
            Kinds.text("an IP address of this machine", text -> literal(text) && text.length() < 50);

    static final Kind<String> NETWORK = Kinds.text(
            "an IP address, or a network such as 203.0.113.0/29",
            text -> literal(text.replaceFirst("/\\d{1,3}$", "")) && text.length() < 50);

    private Hosts() {}

    private static String parse(String text) {
        boolean fits = text.length() <= 253
                && (NAME.matcher(text).matches() || IPV6.matcher(text).matches());
        if (!fits) {
            throw new IllegalArgumentException("no host name");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** An IP address where a name should be. */
    static boolean literal(String host) {
        return IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
    }

    /** This machine: tests, the simulator, a tunnel. Plain text and any port are fine there. */
    public static boolean loopback(String host) {
        return host.equals("localhost")
                || (IPV4.matcher(host).matches() && host.startsWith("127."))
                || host.equals("::1")
                || host.equals("[::1]");
    }

    /** An MX host of any cloud; it takes no login. High Volume Email's host has the ending of one. */
    static boolean mx(String host) {
        return ServiceProfile.ofHost(host).isEmpty() && Cloud.mx(host);
    }

    /** Microsoft's endpoint for devices that speak TLS 1.0 or 1.1 only. */
    static boolean legacy(String host) {
        return host.startsWith("smtp-legacy.") && submission(host);
    }

    /** A host for client submission, which takes nothing without a login. */
    static boolean submission(String host) {
        return service(host).isPresent();
    }

    /** Whose client submission a host takes; empty for MX hosts and hosts of others. */
    static Optional<Service> service(String host) {
        return ServiceProfile.ofHost(host).or(() -> Cloud.ofSubmissionHost(host).map(cloud -> Service.EXCHANGE_ONLINE));
    }
}
