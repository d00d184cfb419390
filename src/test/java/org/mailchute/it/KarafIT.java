package org.mailchute.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.JMSSecurityRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.CopyingRoutes;
import org.mailchute.testing.FreePort;

/** The same jar, as a bundle in a real Karaf with a heap of 256 MB. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "starts bin/karaf")
class KarafIT {
    private static final byte[] PDF = "%PDF-1.4\nstartxref\n0\n%%EOF\n".getBytes(US_ASCII);
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9};
    private static final String NOTICES = "notices: {from: mailchute@contoso.example, to: anna@contoso.example}\n";
    /** What loads the classes of a bundle. */
    private static final String BUNDLE = "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";

    private static final Predicate<String> OURS = Pattern.compile(
                    "mailchute|camel|activemq|jms|netty|jsch|connect thread", Pattern.CASE_INSENSITIVE)
            .asPredicate();

    @TempDir
    Path root;

    @Test
    void inKarafScansAndRequestsArriveByEveryWayAndTheBundleStopsAndStartsCleanly() throws Exception {
        BrokerPort broker = new BrokerPort(root, FreePort.number());
        try (Workplace workplace = new Workplace(root, Scenario.standard());
                SftpSite site = SftpSite.open(root);
                RunningKaraf karaf = RunningKaraf.unpack(root.resolve("karaf"))) {
            Path settings = workplace.settings(root.resolve("home"), waysIn(site), broker.settings() + NOTICES);
            Files.writeString(
                    settings,
                    Files.readString(settings)
                            .replace("  folders:", "  folders:\n" + tickets(workplace))
                            .replace("port: 0}", "port: 0, jmx: true}")
                            .replace("gateway: {", "gateway: {routes: \"" + workplace.folder("routes") + "\", "));
            CopyingRoutes own = new CopyingRoutes(workplace.folder("routes"), workplace.folder("copies"));
            Files.copy(settings, karaf.etc("mailchute.yaml"));
            karaf.start();
            karaf.deploy();
            workplace.drop("first.pdf", PDF);
            await(karaf, "the first scan", () -> workplace.received().size() == 1);
            assertThat(own.copy()).contains("\"kind\":\"ACCEPTED\"", "anna@contoso.example");
            theBrokerTakesRequestsFromOutside(broker);
            site.save("polled.pdf", PDF);
            Files.writeString(workplace.folder("tickets").resolve("ticket.xml"), """
                    <scan><user><name>ben</name><email>ben@contoso.example</email></user></scan>""");
            Files.write(workplace.folder("tickets").resolve("ticket.jpg"), JPEG);
            Files.writeString(workplace.folder("tickets").resolve("gone.xml"), """
                    <scan><user><name>leaver</name><email>leaver@contoso.example</email></user></scan>""");
            Files.write(workplace.folder("tickets").resolve("gone.jpg"), JPEG);
            await(karaf, "all", () -> workplace.received().size() == 6);
            await(karaf, "the other host key refused", () -> karaf.log().contains("intake impostor cannot be polled"));
            assertThat(Workplace.ready(root.resolve("home")))
                    .isEqualTo("503 not ready: intake impostor cannot be polled, see the log\n");
            assertThat(karaf.beans("context=mailchute,type=context,*")).hasSize(1);
            assertThat(karaf.beans("context=mailchute,type=routes,*").toString())
                    .contains("\"intake-scans\"", "\"direct-send-direct\"");

            await(
                    karaf,
                    "the trace",
                    () -> karaf.shell("mailchute:trace first.pdf | grep accepted")
                            .contains("accepted for anna@contoso.example"));
            theShellHasTheCommands(karaf);
            assertThat(inTheConsole(root.resolve("home"), "first.pdf"))
                    .contains("What happened", "anna@contoso.example");

            karaf.undeploy();
            await(karaf, "the bundle's end", () -> karaf.log().contains("mailchute has ended"));
            await(
                    karaf,
                    "the end of its threads",
                    () -> karaf.threads().stream().noneMatch(OURS));
            assertThat(karaf.objects("org.mailchute.gateway.Gateway")).isZero();
            assertThat(karaf.beans("*")).isEmpty();
            assertThat(karaf.shell("mailchute:lanes")).contains("Command not found");

            workplace.drop("second.pdf", PDF);
            karaf.deploy();
            await(karaf, "the second scan", () -> workplace.received().size() == 7);
            assertThat(workplace.received().stream().map(KarafIT::subject))
                    .containsExactlyInAnyOrder(
                            "first.pdf",
                            "by core",
                            "by AMQP",
                            "polled.pdf",
                            "1 page for ben",
                            "Not delivered: 1 page for leaver",
                            "second.pdf");

            assertThat(BrokerPort.ask(broker.core(), "again")).containsIgnoringCase("\"received\"");
            await(
                    karaf,
                    "the impostor is refused in this life too",
                    () -> karaf.log().split("intake impostor cannot be polled", -1).length == 3);

            assertThat(karaf.terminate()).isZero();
            assertThat(karaf.processes()).isEmpty();
            assertThat(karaf.etc("mailchute.sample.yaml")).exists();
            assertThat(karaf.log())
                    .doesNotContain("ClassNotFoundException", "NoClassDefFoundError", "left behind")
                    .doesNotContain("UnsatisfiedLinkError", "ServiceConfigurationError");
            assertThat(karaf.log().split("intake impostor cannot be polled", -1))
                    .as("said once in each of its two lives, not at each poll")
                    .hasSize(3);
        }
    }

    @Test
    @Tag("nightly")
    void tenUpdatesAndRestartsLeaveNoClassesBehind() throws Exception {
        try (Workplace workplace = new Workplace(root, Scenario.standard());
                RunningKaraf karaf = RunningKaraf.unpack(root.resolve("karaf"))) {
            Files.copy(workplace.settings(root.resolve("home"), "", ""), karaf.etc("mailchute.yaml"));
            karaf.start();
            karaf.deploy();
            workplace.drop("first.pdf", PDF);
            await(karaf, "the first scan", () -> workplace.received().size() == 1);
            long early = 0;
            for (int times = 1; times <= 10; times++) {
                int ends = times;
                karaf.undeploy();
                await(karaf, "the bundle's end", () -> karaf.log().split("mailchute has ended", -1).length > ends);
                karaf.deploy();
                if (times == 2) {
                    early = karaf.objects(BUNDLE);
                }
            }
            workplace.drop("second.pdf", PDF);
            await(karaf, "the second scan", () -> workplace.received().size() == 2);
            assertThat(karaf.objects("org.mailchute.gateway.Gateway")).isEqualTo(1);
            assertThat(karaf.objects(BUNDLE)).as("what is kept does not grow").isLessThanOrEqualTo(early);

            for (int times = 1; times <= 10; times++) {
                int starts = times + 11;
                karaf.shell("bundle:restart org.mailchute");
                await(karaf, "the gateway again", () -> karaf.log().split(" is up:", -1).length > starts);
            }
            workplace.drop("third.pdf", PDF);
            await(karaf, "the third scan", () -> workplace.received().size() == 3);
            assertThat(karaf.objects("org.mailchute.gateway.Gateway")).isEqualTo(1);
            assertThat(karaf.objects(BUNDLE)).isLessThanOrEqualTo(early);
        }
    }

    private static void theShellHasTheCommands(RunningKaraf karaf) throws IOException {
        assertThat(karaf.shell("mailchute:lanes hold direct")).contains("direct: held");
        assertThat(karaf.shell("mailchute:lanes")).contains("LEAVES AT ABOUT", "held by karaf");
        assertThat(karaf.shell("mailchute:lanes release direct")).contains("direct: released");
        assertThat(karaf.shell("mailchute:lanes hold nowhere"))
                .contains("mailchute: the gateway refused: no such lane");
        assertThat(karaf.shell("mailchute:dead list")).contains("leaver@contoso.example", "1 dead letter");
        assertThat(karaf.shell("mailchute:check")).contains("settings are fine");
        assertThat(karaf.shell("help mailchute:dead")).contains("Usage: mailchute dead");
    }

    /** What somebody finds who came by a link. */
    private static String inTheConsole(Path home, String sought) throws Exception {
        URI gateway = URI.create("http://" + Files.readString(home.resolve("management.address")));
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        String link = send(
                browser,
                HttpRequest.newBuilder(gateway.resolve("/console-link?by=anna"))
                        .header("Authorization", "Bearer " + Files.readString(home.resolve("management.token")))
                        .POST(HttpRequest.BodyPublishers.noBody()));
        send(
                browser,
                HttpRequest.newBuilder(gateway.resolve("/console/enter"))
                        .header("Sec-Fetch-Site", "same-origin")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(link.strip().replaceAll(".*\\?|\"", ""))));
        return send(browser, HttpRequest.newBuilder(gateway.resolve("/console?q=" + sought)));
    }

    private static String send(HttpClient browser, HttpRequest.Builder request) throws Exception {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Scans with a sidecar, which Java's own XML reads, and a page to be counted. */
    private static String tickets(Workplace workplace) throws IOException {
        return "    - {name: tickets, folder: \"%s\", stableFor: 300ms, from: scanner@contoso.example, subject: \"${pages} page for ${user}\", sidecar: {format: papercut, required: true}}"
                .formatted(workplace.folder("tickets"));
    }

    /** A queue of requests, a server that is polled, and one whose host key is another than the one entered. */
    private static String waysIn(SftpSite site) {
        return "  jms: [{name: requests, queue: mail.requests, from: billing@contoso.example}]\n  ftp:\n"
                + site.intake("plant")
                + site.intake("impostor", "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    }

    /** By both protocols, over TLS; only with the password, and only to the queue that is allowed. */
    private static void theBrokerTakesRequestsFromOutside(BrokerPort broker) throws Exception {
        assertThat(BrokerPort.ask(broker.core(), "by core")).containsIgnoringCase("\"received\"");
        assertThat(BrokerPort.ask(broker.amqp(), "by AMQP")).containsIgnoringCase("\"received\"");
        for (ConnectionFactory way : List.of(broker.core(), broker.amqp())) {
            assertThatThrownBy(() -> way.createContext(BrokerPort.USER, "wrong").start())
                    .isInstanceOf(JMSSecurityRuntimeException.class);
            try (JMSContext application = way.createContext(BrokerPort.USER, BrokerPort.PASSWORD)) {
                assertThatThrownBy(() ->
                                application.createProducer().send(application.createQueue("mailchute.events"), "x"))
                        .isInstanceOf(JMSRuntimeException.class);
            }
        }
    }

    private static void await(RunningKaraf karaf, String what, Callable<Boolean> until) throws Exception {
        try {
            Awaitility.await(what).until(until);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + System.lineSeparator() + karaf.log(), e);
        }
    }

    private static String subject(Received mail) {
        try {
            return Workplace.field(mail.file(), "Subject");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
