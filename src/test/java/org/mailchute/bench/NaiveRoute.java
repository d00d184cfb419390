package org.mailchute.bench;

import jakarta.activation.DataHandler;
import jakarta.activation.FileDataSource;
import java.io.File;
import java.nio.file.Path;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * What one writes on a first afternoon: {@code file:} to {@code smtp:} with stock camel-mail. A connection per message, no
 * queue, nothing durable.
 */
final class NaiveRoute implements Contender {
    private final DefaultCamelContext context = new DefaultCamelContext();

    @Override
    public void start(Path folder, Peer peer) throws Exception {
        String tls = peer.trust().isPresent() ? "&mail.smtp.starttls.enable=true&mail.smtp.starttls.required=true" : "";
        if (peer.trust().isPresent()) {
            context.getRegistry().bind("trusting", peer.sslParameters());
            tls += "&sslContextParameters=#trusting";
        }
        String to = "smtp:localhost:" + peer.port() + "?to=anna@contoso.example&from=scanner@contoso.example" + tls;
        context.disableJMX();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder + "?delete=true&delay=50&initialDelay=0")
                        .process(exchange -> {
                            File file = exchange.getMessage().getBody(File.class);
                            exchange.getMessage(AttachmentMessage.class)
                                    .addAttachment(file.getName(), new DataHandler(new FileDataSource(file)));
                            exchange.getMessage().setBody("A scan.");
                            exchange.getMessage().setHeader("Subject", file.getName());
                        })
                        .to(to);
            }
        });
        context.start();
    }

    @Override
    public void close() {
        context.stop();
    }
}
