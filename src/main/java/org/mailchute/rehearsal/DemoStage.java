package org.mailchute.rehearsal;

import jakarta.jms.JMSContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mailchute.gateway.Gateway;
import org.mailchute.gateway.Surroundings;
import org.mailchute.settings.SettingsReader;
import org.mailchute.simulator.DemoAuthority;
import org.mailchute.simulator.ExchangeOnline;
import org.mailchute.simulator.FtpDrop;
import org.mailchute.simulator.Scenario;
import org.mailchute.trace.DeliveryEvent;

/** What the demo plays on: a temporary home, certificates, simulator, FTP server, and a gateway with real settings. */
public final class DemoStage implements AutoCloseable {
    private static final String SECRET = "demo-client-secret";

    private final Path home;
    private final PrintWriter out;
    private final List<DeliveryEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Gateway gateway;
    private final FtpDrop ftp;

    private DemoStage(Path home, PrintWriter out) throws Exception {
        this.home = home;
        this.out = out;
        DemoAuthority authority = DemoAuthority.create(folder("certificates"), "contoso.example");
        ExchangeOnline microsoft365 = keep(ExchangeOnline.start(Scenario.standard(), authority, folder("received")));
        this.ftp = keep(FtpDrop.start(folder("ftp-drop"), "scanner", "demo-ftp-password"));
        Files.writeString(folder("secrets").resolve("ftp"), "demo-ftp-password");
        Files.writeString(folder("secrets").resolve("client"), SECRET);
        Path config = writeSettings(microsoft365);
        out.printf("home       %s%nsettings   %s%n", home, config);
        out.printf(
                "simulator  submission on port %d, MX on port %d, token endpoint %s%n%n",
                microsoft365.submissionPort(), microsoft365.mxPort(), microsoft365.tokenEndpoint());
        this.gateway = keep(Gateway.start(
                () -> SettingsReader.read(config, Map.of()), Surroundings.real(), List.of(this::seen), lost -> {}));
    }

    public static DemoStage open(PrintWriter out) throws Exception {
        return new DemoStage(Files.createTempDirectory("mailchute-demo-"), out);
    }

    private Path writeSettings(ExchangeOnline microsoft365) throws IOException {
        String text = new String(sample("mailchute.yaml"), StandardCharsets.UTF_8)
                .replace("@home@", home.resolve("gateway").toString())
                .replace("@drop@", home.resolve("drop").toString())
                .replace("@secrets@", home.resolve("secrets").toString())
                .replace("@certificates@", home.resolve("certificates").toString())
                .replace("@ftpPort@", Integer.toString(ftp.port()))
                .replace("@mxPort@", Integer.toString(microsoft365.mxPort()))
                .replace("@hvePort@", Integer.toString(microsoft365.hvePort()))
                .replace("@acsPort@", Integer.toString(microsoft365.acsPort()))
                .replace("@submissionPort@", Integer.toString(microsoft365.submissionPort()))
                .replace("@graphPort@", Integer.toString(microsoft365.graphPort()))
                .replace("@authority@", microsoft365.tokenEndpoint().toString());
        return Files.writeString(home.resolve("mailchute.yaml"), text);
    }

    /** One of the sample inputs of the repository. */
    static byte[] sample(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                DemoStage.class.getResourceAsStream("demo/" + name), () -> name + " is missing")) {
            return in.readAllBytes();
        }
    }

    /** Saves a file as a scanner with a temporary name does. */
    void drop(String intake, String name, byte[] content) throws IOException {
        Path folder = folder("drop").resolve(intake);
        Path half = Files.write(folder.resolve(name + ".tmp"), content);
        Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The watched folder of an intake. */
    Path watched(String intake) throws IOException {
        return folder("drop").resolve(intake);
    }

    Path ftpFolder() throws IOException {
        return folder("ftp-drop");
    }

    /** Publishes a mail request as an application does. */
    void publish(String json) {
        try (JMSContext application = gateway.broker().createContext()) {
            application.createProducer().send(application.createQueue("mail.requests"), json);
        }
    }

    List<DeliveryEvent> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    private void seen(DeliveryEvent event) {
        events.add(event);
        out.println("  " + DemoLine.of(event));
        out.flush();
    }

    /** Says where everything lies. */
    public void farewell(boolean keep) {
        out.printf("%nReceived mail, as .eml files:  %s%n", home.resolve("received"));
        out.printf("Settings, spool and journal:   %s%n", home);
        if (keep) {
            out.printf(
                    "%nStill running. Drop files below %s, or by FTP at 127.0.0.1:%d as \"scanner\";",
                    home.resolve("drop"), ftp.port());
            out.printf("%nin another window:  mailchute lanes --config %s/mailchute.yaml%nCtrl-C ends it.%n", home);
        }
        out.flush();
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(home.resolve(name));
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}
