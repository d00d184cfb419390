package org.mailchute.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The protocol itself, on the MX face. */
class DialogueTest {
    private static final String FLIGHT = "MAIL FROM:<a@contoso.example>\r\nRCPT TO:<anna@contoso.example>\r\n"
            + "RCPT TO:<leaver@contoso.example>\r\nRCPT TO:<ben@contoso.example>\r\nDATA\r\n";

    private Tenant tenant;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        tenant = new Tenant(folder, Scenario.standard());
    }

    @AfterEach
    void stop() throws Exception {
        tenant.close();
    }

    @Test
    void commandsInOneSegmentAreAnsweredInOneSegment() throws Exception {
        try (RawClient client = tenant.mx()) {
            assertThat(client.send(FLIGHT).segment().lines().map(line -> line.substring(0, 3)))
                    .containsExactly("250", "250", "550", "250", "354");
            assertThat(client.ask("Subject: x\r\n\r\nbody\r\n.")).startsWith("250 2.6.0");
        }
        assertThat(tenant.exchange.received().get(0).recipients())
                .containsExactly("anna@contoso.example", "ben@contoso.example");
    }

    @Test
    void ehloIsAnsweredInOneSegment() throws Exception {
        try (RawClient client = tenant.mx()) {
            assertThat(client.send("EHLO client.example\r\n").segment().lines()).hasSizeGreaterThan(5);
        }
    }

    @Test
    void theNextTransactionMayFollowTheDotInTheSameSegment() throws Exception {
        try (RawClient client = tenant.mx()) {
            client.send(FLIGHT).segment();
            client.send("Subject: one\r\n.\r\n" + FLIGHT);
            assertThat(client.segment().lines().map(line -> line.substring(0, 3)))
                    .containsExactly("250", "250", "250", "550", "250", "354");
            assertThat(client.ask("Subject: two\r\n.")).startsWith("250 2.6.0");
        }
        assertThat(tenant.exchange.received())
                .hasSize(2)
                .extracting(Received::session)
                .containsOnly(1);
        assertThat(tenant.exchange.sessions()).isEqualTo(1);
    }

    @Test
    void dataWhenEveryRecipientWasRefusedIsRefused() throws Exception {
        try (RawClient client = tenant.mx()) {
            client.send("MAIL FROM:<>\r\nRCPT TO:<leaver@contoso.example>\r\nDATA\r\n");
            assertThat(client.segment().lines().map(line -> line.substring(0, 3)))
                    .containsExactly("250", "550", "503");
            assertThat(client.ask("NOOP")).startsWith("250");
        }
    }

    @Test
    void octetByOctetIsTheSameDialogue() throws Exception {
        try (RawClient client = tenant.mx()) {
            String all = FLIGHT + "Subject: x\r\n\r\n..\r\nend\r\n.\r\n";
            for (char octet : all.toCharArray()) {
                client.send(String.valueOf(octet));
            }
            List<String> replies = new ArrayList<>();
            while (replies.size() < 6) {
                replies.add(client.hear().substring(0, 3));
            }
            assertThat(replies).containsExactly("250", "250", "550", "250", "354", "250");
        }
        assertThat(Files.readString(tenant.exchange.received().get(0).file()))
                .isEqualTo("Subject: x\r\n\r\n.\r\nend\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL FROM:nobody, 501 5.1.7",
        "MAIL FROM:<nobody>, 501 5.1.7",
        "MAIL FROM:<a@b.example> SIZE=157286401, 552 5.3.4",
        "MAIL FROM:<a@b.example> BODY=8BITMIME SIZE=157286400, 250 2.1.0",
        "mail from:<>, 250 2.1.0",
        "RCPT TO:<anna@contoso.example>, 503 5.5.1",
        "DATA, 503 5.5.2",
        "XYZZY, 500 5.3.3"
    })
    void aCommandThatIsWrongSaysHow(String command, String reply) throws Exception {
        try (RawClient client = tenant.mx()) {
            assertThat(client.ask(command)).startsWith(reply);
        }
    }

    @Test
    void aRecipientThatIsNoAddressIsRefused() throws Exception {
        try (RawClient client = tenant.mx()) {
            client.ask("MAIL FROM:<>");
            assertThat(client.ask("MAIL FROM:<>")).startsWith("503 5.5.2");
            assertThat(client.ask("RCPT TO:<>")).startsWith("501 5.1.3");
            assertThat(client.ask("RCPT TO:anna@contoso.example")).startsWith("501 5.1.3");
            assertThat(client.ask("RCPT TO:<anna@contoso.example> NOTIFY=NEVER"))
                    .startsWith("250");
        }
    }

    @Test
    void addressesMayBeUtf8() throws Exception {
        try (RawClient client = tenant.mx()) {
            client.mail("", "jürgen@contoso.example", "Subject: x\r\n");
        }
        Received mail = tenant.exchange.received().get(0);
        assertThat(mail.recipients()).containsExactly("jürgen@contoso.example");
        assertThat(mail.file()).exists().hasFileName("0001-direct-send-j_rgen@contoso.example.eml");
    }

    @Test
    void aLineWithoutEndIsCutOff() throws Exception {
        try (RawClient client = tenant.mx()) {
            assertThat(client.ask("NOOP " + "x".repeat(20_000))).startsWith("500 5.5.2");
        }
    }

    @Test
    void anAddressLongerThanAFileNameIsStored() throws Exception {
        String address = "a".repeat(300) + "@contoso.example";
        try (RawClient client = tenant.mx()) {
            assertThat(client.mail("", address, "Subject: x\r\n")).startsWith("250");
        }
        assertThat(tenant.exchange.received().get(0).file()).exists();
    }

    @Test
    void aMessageThatIsCutOffLeavesNoFile() throws Exception {
        try (RawClient client = tenant.mx()) {
            client.send(FLIGHT).segment();
            client.send("Subject: half\r\n\r\n" + "x".repeat(100_000));
            await().until(() -> !isEmpty(tenant.folder.resolve("mail")));
        }
        await().until(() -> isEmpty(tenant.folder.resolve("mail")));
        assertThat(tenant.exchange.received()).isEmpty();
    }

    private static boolean isEmpty(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    @Test
    void aHundredSessionsAtOnceAreServed() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(100);
        List<RawClient> clients = Collections.synchronizedList(new ArrayList<>());
        try {
            Callable<String> opening = () -> {
                RawClient client = tenant.mx();
                clients.add(client);
                return client.ask("NOOP");
            };
            for (Future<String> open : threads.invokeAll(Collections.nCopies(100, opening))) {
                assertThat(open.get()).startsWith("250");
            }
            // all are open; now all send
            List<Callable<String>> mails = clients.stream()
                    .<Callable<String>>map(client -> () -> client.mail("", "anna@contoso.example", "Subject: x\r\n"))
                    .toList();
            for (Future<String> mail : threads.invokeAll(mails)) {
                assertThat(mail.get()).startsWith("250 2.6.0");
            }
        } finally {
            threads.shutdownNow();
            for (RawClient client : clients) {
                client.close();
            }
        }
        assertThat(tenant.exchange.received()).hasSize(100);
        assertThat(tenant.exchange.received()).extracting(Received::file).doesNotHaveDuplicates();
        assertThat(tenant.exchange.mxSessions()).isEqualTo(100);
    }
}
