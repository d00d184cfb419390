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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.CopyingRoutes;

/** The same jar, as a bundle in a real Karaf with a heap of 256 MB. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "starts bin/karaf")
class KarafIT {
    private static final byte[] PDF = "%PDF-1.4\nstartxref\n0\n%%EOF\n".getBytes(US_ASCII);
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9};
    private static final String NOTICES = "notices: {from: mailchute@contoso.example, to: anna@contoso.example}\n";
    private static final Predicate<String> OURS = Pattern.compile(
                    "mailchute|camel|activemq|jms|netty|jsch|connect thread", Pattern.CASE_INSENSITIVE)
            .asPredicate();

    @TempDir
    Path root;

    @Test
    void inKarafScansAndRequestsArriveByEveryWayAndTheBundleStopsAndStartsCleanly() throws Exception {
        BrokerPort broker = new BrokerPort(root, Workplace.freePort());
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

            await(karaf, "the trace", () -> traced(settings).contains("accepted for anna@contoso.example"));
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

    private String traced(Path settings) throws Exception {
        try (RunningJar command =
                RunningJar.command(root, List.of(), "trace", "first.pdf", "--config", settings.toString())) {
            command.exitCode();
            return command.output();
        }
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
