package org.mailchute.listener;

import java.nio.file.Path;
import java.util.Optional;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.door.Tls;

/** Run in a Java of its own, where TLS 1.0 is switched on: says what each port takes. */
public final class LegacyTlsMain {
    private LegacyTlsMain() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        Plans plans = new Plans();
        plans.legacyPort = Optional.of(0);
        plans.certificate = Optional.of(new CertificateFiles.Pem(root.resolve("chain.pem"), root.resolve("key.pem")));
        plans.tls = Tls.REQUIRED;
        try (ListenerServer server = plans.start(new Inbox())) {
            System.out.println("legacy port: " + tried(server.legacyPort()));
            System.out.println("own port: " + tried(server.port()));
        }
    }

    private static String tried(int port) {
        try (Device device = Device.ready(port)) {
            device.startTls(Path.of(System.getProperty("trust")), "TLSv1");
            device.says("EHLO old");
            return device.sends("x");
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }
}
