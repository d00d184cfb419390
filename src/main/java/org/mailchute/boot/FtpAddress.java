package org.mailchute.boot;

import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** One FTP drop's route. */
final class FtpAddress {
    private FtpAddress() {}

    static void add(CamelContext context, Settings.FtpIntake ftp, Path home) {
        Path work = home.resolve("incoming").resolve(ftp.name()).resolve("downloading");
        TemplatedRouteBuilder.builder(context, "intake-ftp")
                .routeId("intake-" + ftp.name())
                .parameter("intake", ftp.name())
                .parameter("address", address(ftp))
                .parameter("user", "RAW(" + ftp.user() + ")")
                .parameter("secret", "RAW(" + ftp.password().reveal() + ")")
                .parameter("poll", ftp.poll().toMillis())
                .parameter("work", work)
                .add();
    }

    private static String address(Settings.FtpIntake ftp) {
        return (ftp.tls() ? "ftps" : "ftp") + ":" + ftp.host() + ":" + ftp.port() + "/" + ftp.folder();
    }
}
