package org.mailchute.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.apache.camel.support.LoggingExceptionHandler;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.intake.Refused;
import org.mailchute.steps.BusyFiles;
import org.mailchute.testing.Patience;

/** The five of 1-intake: each takes what comes, says whose it is, has its bean read it, and hands it on. */
class IntakeRoutesTest extends RouteTestSupport {
    private static final String REFUSED = "nothing of ours";

    @TempDir
    Path folder;

    IntakeRoutesTest() {
        super("0-error-policy", "1-intake-folder", "1-intake-ftp", "1-intake-jms", "1-intake-pickup", "1-intake-smtp");
    }

    @Override
    String ends() {
        return "direct:accept";
    }

    @Override
    void beans(CamelContext context) {
        context.addComponent("ftp", new StubComponent());
        for (String reading : new String[] {"claim", "readRequest", "readMessage"}) {
            bind(context, reading, IntakeRoutesTest::read);
        }
        bind(context, "refuse", exchange -> exchange.getMessage().setBody("refused"));
        bind(context, "repetition");
        bind(context, "alreadyEnqueued");
        context.getRegistry().bind("ready-in", (GenericFileFilter<File>) IntakeRoutesTest::isReady);
        context.getRegistry().bind("trouble-in", new Trouble(context));
        context.getRegistry().bind("busy-in", new BusyFiles());
    }

    private static void read(Exchange exchange) throws Refused {
        assertThat(exchange.getProperty("intake")).isEqualTo("in");
        if (exchange.getMessage().getBody(String.class).equals(REFUSED)) {
            throw new Refused(REFUSED, "send something else");
        }
    }

    private static boolean isReady(GenericFile<File> file) {
        return file.getFileName().startsWith("whole");
    }

    /** Of a poll, and of a file. */
    public static final class Trouble extends DefaultPollingConsumerPollStrategy
            implements org.apache.camel.spi.ExceptionHandler {
        private final LoggingExceptionHandler log;

        private Trouble(CamelContext context) {
            log = new LoggingExceptionHandler(context, Trouble.class);
        }

        @Override
        public void handleException(Throwable why) {
            log.handleException(why);
        }

        @Override
        public void handleException(String message, Throwable why) {
            log.handleException(message, why);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable why) {
            log.handleException(message, exchange, why);
        }
    }

    /** The intake named {@code in}, with all that any of the templates asks for. */
    private void comes(String template, String body) throws Exception {
        TemplatedRouteBuilder.builder(context(), "intake-" + template)
                .routeId("intake-in")
                .parameter("intake", "in")
                .parameter("folder", folder)
                .parameter("subfolders", false)
                .parameter("poll", 50)
                .parameter("address", "ftp:server/scans")
                .parameter("user", "scanner")
                .parameter("secret", "secret")
                .parameter("work", folder)
                .parameter("queue", "mail.requests")
                .parameter("consumers", 1)
                .add();
        switch (template) {
            case "folder", "pickup" -> save(body);
            case "ftp" -> context().createProducerTemplate().sendBody("ftp:server/scans", body);
            case "jms" -> context().createProducerTemplate().sendBody("jms:queue:mail.requests", body);
            default -> context().createProducerTemplate().sendBody("direct:intake-in", body);
        }
    }

    /** Beside one that is not ready. */
    private void save(String body) throws IOException {
        Files.writeString(folder.resolve("half"), "half");
        Files.writeString(folder.resolve(".new"), body);
        Files.move(folder.resolve(".new"), folder.resolve("whole"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "ftp", "jms", "pickup", "smtp"})
    void whatComesIsReadAndHandedOnAsItsIntakes(String template) throws Exception {
        MockEndpoint accept = getMockEndpoint("mock:direct:accept");
        accept.setResultWaitTime(Patience.MILLIS);
        accept.expectedMinimumMessageCount(1);
        comes(template, "a scan");
        accept.assertIsSatisfied();
        assertThat(accept.getExchanges().get(0).getProperty("intake")).isEqualTo("in");
        assertThat(seen.get(0))
                .isEqualTo(
                        switch (template) {
                            case "jms" -> "readRequest";
                            case "smtp" -> "readMessage";
                            default -> "claim";
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "ftp", "jms", "pickup", "smtp"})
    void whatIsRefusedIsToldAndNotHandedOn(String template) throws Exception {
        comes(template, REFUSED);
        await("told").until(() -> queue("mailchute.events").contains("refused"));
        assertThat(getMockEndpoint("mock:direct:accept").getExchanges()).isEmpty();
    }
}
