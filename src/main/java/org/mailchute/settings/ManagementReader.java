package org.mailchute.settings;

import java.util.Optional;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** The section {@code management}: on loopback unless told otherwise (promise P9). */
final class ManagementReader {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PORT = 8025;
    private static final Kind<String> BIND = Kinds.text(
            "an IP address of this machine, or \"\" for no management",
            text -> text.isEmpty() || text.equals("localhost") || Hosts.literal(text));

    private ManagementReader() {}

    static ManagementSettings read(Section management) {
        String bind = management.value("bind", BIND, LOOPBACK);
        if (!bind.isEmpty() && !Hosts.loopback(bind)) {
            management.warning("bind", '"' + bind + '"', "loopback, unless a firewall guards this port");
        }
        return new ManagementSettings(
                bind,
                management.value("port", Kinds.whole(0, 65_535), PORT),
                management.value("jmx", Kinds.FLAG, false),
                management.has("certificate")
                        ? Optional.of(CertificateReader.read(management.section("certificate")))
                        : Optional.empty());
    }
}
