package org.mailchute.gateway;

import static org.awaitility.Awaitility.await;
import static org.mailchute.gateway.Letters.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A {@link Town} with intakes that poll FTP servers as user {@code scanner}, most often one called {@code plant}; for each test a
 * new one, or with {@code Lifecycle.PER_CLASS} one for all.
 */
final class PolledTown implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    /** As only a hostile server lists them. */
    static final List<String> NAMES_THAT_LEAD_ELSEWHERE = List.of(
            "../escaped.bin",
            "../../../escaped.bin",
            "/escaped.bin",
            "sub/../../escaped.bin",
            "..\\escaped.bin",
            "sub\\escaped.bin",
            "sub/escaped.bin");

    private final Town town;
    private String head = "  ftp:\n";

    PolledTown(Clock clock) {
        town = new Town().withClock(clock);
    }

    /** @param keys of the intake, each followed by a comma */
    PolledTown polling(int port, String keys) throws Exception {
        return polling("plant", port, keys);
    }

    /** @param intake its name */
    PolledTown polling(String intake, int port, String keys) throws Exception {
        Path secret = Files.writeString(town.folder("secrets").resolve("ftp"), "ftp-password");
        town.withIntake(head
                + "    - {name: %s, host: 127.0.0.1, port: %d, user: scanner, password: \"${file:%s}\", %s poll: 100ms, stableFor: 0s, from: scanner@contoso.example, to: [anna@contoso.example], subject: \"${file}\", text: \"t\"}%n"
                        .formatted(intake, port, secret, keys));
        head = "";
        return this;
    }

    PolledTown start() throws Exception {
        town.start();
        return this;
    }

    Town town() {
        return town;
    }

    long mails(String subject) {
        return town.received().stream()
                .filter(mail -> text(mail).contains("Subject: " + subject + "\r\n"))
                .count();
    }

    void awaitMail(String subject) {
        await(subject + " mailed").until(() -> mails(subject) > 0);
    }

    boolean holds(String content) {
        String encoded = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        return town.received().stream()
                .anyMatch(mail -> text(mail).replace("\r\n", "").contains(encoded));
    }

    String ready() throws IOException, InterruptedException {
        return town.ready();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        town.beforeAll(context);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        town.afterEach(context);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        town.afterAll(context);
    }
}
