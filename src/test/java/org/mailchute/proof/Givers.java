package org.mailchute.proof;

import jakarta.jms.JMSContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.awaitility.Awaitility;
import org.mailchute.listener.Device;
import org.mailchute.proof.Input.Way;
import org.mailchute.testing.Patience;

/**
 * Scanners, devices and applications: each gives one input after the other, and the same one again until it knows that it was
 * taken, as far as its way in tells.
 */
final class Givers implements AutoCloseable {
    private final Premises premises;
    private final Accountant accountant;
    private final Map<Way, ExecutorService> threads = new EnumMap<>(Way.class);

    Givers(Premises premises, Accountant accountant) {
        this.premises = premises;
        this.accountant = accountant;
        for (Way way : Way.values()) {
            threads.put(way, Executors.newSingleThreadExecutor());
        }
    }

    /** Puts it on the books at once and gives it when its giver comes to it. */
    void give(Input input) {
        accountant.expects(input);
        Objects.requireNonNull(threads.get(input.way()))
                .execute(() ->
                        Awaitility.await("taken: " + input.name()).forever().until(() -> isTaken(input)));
    }

    /** Waits until all were taken. */
    void finish() throws InterruptedException {
        for (ExecutorService thread : threads.values()) {
            thread.shutdown();
            if (!thread.awaitTermination(Patience.MILLIS, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("not all was taken");
            }
        }
    }

    private boolean isTaken(Input input) {
        try {
            give(input, premises);
            return true;
        } catch (ConnectException e) {
            return false; // nobody has heard of it
        } catch (Exception e) {
            accountant.givenInVain(input);
            return false;
        }
    }

    private static void give(Input input, Premises premises) throws Exception {
        switch (input.way()) {
            case SETS -> set(premises.folder("sets"), input);
            case FOLDER -> appear(premises.folder("folder"), scanName(input), input.page(0));
            case FTP -> appear(premises.folder("polled"), scanName(input), input.page(0));
            case PICKUP -> appear(premises.folder("pickup"), input.name() + ".eml", letter(input, true));
            case DROP -> save(input, premises.dropPort());
            case SMTP -> send(input, premises.smtpPort());
            case JMS -> publish(input, premises.around());
        }
    }

    private static String scanName(Input input) {
        return (input.recipients().isEmpty() ? "nobody" : input.name()) + "_" + input.name() + ".bin";
    }

    /** The pages in the wrong order, and the sidecar last. */
    private static void set(Path folder, Input input) throws IOException {
        for (int page = input.pages().size(); page > 0; page--) {
            appear(folder, "%s_p%d.bin".formatted(input.name(), page), input.page(page - 1));
        }
        appear(folder, input.name() + ".json", "{\"to\": " + json(input.recipients()) + ", \"subject\": \"S\"}");
    }

    private static String json(List<String> texts) {
        return texts.stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
    }

    private static void appear(Path folder, String name, String content) throws IOException {
        Path half = Files.writeString(folder.resolve(name + ".tmp"), content);
        Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String letter(Input input, boolean envelope) {
        String receivers = input.recipients().stream()
                .map(recipient -> "X-Receiver: " + recipient + "\r\n")
                .collect(Collectors.joining());
        return (envelope ? "X-Sender: scanner@contoso.example\r\n" + receivers : "")
                + "From: scanner@contoso.example\r\nTo: all@contoso.example\r\nSubject: S\r\nMessage-ID: <"
                + input.name()
                + "@copier>\r\nDate: Mon, 23 Nov 2026 12:00:00 +0000\r\n\r\n" + input.page(0);
    }

    private static void send(Input input, int port) throws IOException {
        try (Device device = Device.ready(port)) {
            device.says("MAIL FROM:<scanner@contoso.example>");
            for (String recipient : input.recipients()) {
                device.says("RCPT TO:<" + recipient + ">");
            }
            device.says("DATA");
            expect(device.says(letter(input, false) + "."), "250 ");
        }
    }

    private static void expect(String reply, String beginning) throws IOException {
        if (!reply.startsWith(beginning)) {
            throw new IOException("not taken: " + reply);
        }
    }

    private static void save(Input input, int port) throws IOException {
        FTPClient device = new FTPClient();
        try {
            device.connect("127.0.0.1", port);
            device.setSoTimeout(Patience.MILLIS);
            device.setDataTimeout(Patience.LONGEST);
            device.login("copier", Premises.SECRET);
            device.enterLocalPassiveMode();
            device.setFileType(FTP.BINARY_FILE_TYPE);
            byte[] content = input.page(0).getBytes(StandardCharsets.UTF_8);
            device.storeFile(scanName(input), new ByteArrayInputStream(content));
            expect(device.getReplyString(), "226 ");
        } finally {
            device.disconnect();
        }
    }

    private static void publish(Input input, Surroundings around) {
        String content = Base64.getEncoder().encodeToString(input.page(0).getBytes(StandardCharsets.UTF_8));
        try (ActiveMQConnectionFactory broker = new ActiveMQConnectionFactory(around.broker());
                JMSContext application = broker.createContext("billing", around.password())) {
            application
                    .createProducer()
                    .send(
                            application.createQueue("mail.requests"),
                            "{\"version\": 1, \"id\": \"%s\", \"to\": %s, \"subject\": \"S\", \"text\": \"T\", \"attachments\": [{\"name\": \"a.bin\", \"content\": \"%s\"}]}"
                                    .formatted(input.name(), json(input.recipients()), content));
        }
    }

    @Override
    public void close() {
        threads.values().forEach(ExecutorService::shutdownNow);
    }
}
