package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailchute.simulator.Received;
import org.mailchute.trace.DeliveryEvent.Kind;

/** P7, P9: each hostile pickup file is refused with one clear reason, or sent safely; none is lost, none escapes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostilePickupTest {
    @RegisterExtension
    final Town town = new Town().withoutConnector();

    static List<HostileMail> cases() {
        return HostileMail.all();
    }

    @BeforeAll
    void allAtOnce() throws Exception {
        Path drop = town.folder("drop");
        Path secret = Files.writeString(
                town.folder("outside").resolve("secret.txt"),
                "From: app@contoso.example\nTo: anna@contoso.example\n\nsecret");
        Files.createSymbolicLink(drop.resolve("link.eml"), secret);
        Files.createDirectory(drop.resolve("directory.eml"));
        Files.createFile(drop.resolve("empty.eml"));
        town.withIntake("""
                  pickup:
                    - {name: drop, folder: "%s", poll: 100ms, stableFor: 0s, senders: ["*@contoso.example"]}
                """.formatted(drop)).start();
        for (HostileMail mail : cases()) {
            Path half = Files.write(drop.resolve(mail.file() + ".tmp"), mail.content());
            Files.move(half, drop.resolve(mail.file() + ".eml"), StandardCopyOption.ATOMIC_MOVE);
        }
        await().until(() -> names().noneMatch(name -> name.matches("(?!directory|empty).*\\.eml")));
        town.awaitEmptySpool();
        await("all are told of, and the link")
                .until(() -> town.events(Kind.REFUSED).size() > refused());
    }

    private static long refused() {
        return cases().stream().filter(mail -> !mail.sent()).count();
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> found = Files.list(town.folder("drop"))) {
            return found.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsWithOneReasonOrIsSentSafely(HostileMail mail) throws IOException {
        Path bad = town.folder("drop").resolve(mail.file() + ".bad");
        List<Received> arrived = town.received().stream()
                .filter(received -> Letters.text(received).contains("X-Case: " + mail.file() + "\r\n"))
                .toList();
        if (mail.sent()) {
            assertThat(bad).doesNotExist();
            assertThat(arrived).hasSize(1);
            assertThat(Letters.text(arrived.get(0))).contains(mail.end());
            assertThat(arrived.get(0).recipients()).containsExactly("anna@contoso.example");
        } else {
            assertThat(arrived).isEmpty();
            assertThat(bad).hasBinaryContent(mail.content());
            assertThat(town.folder("drop").resolve(mail.file() + ".bad.txt"))
                    .content()
                    .contains("why      " + mail.end(), "remedy   ")
                    .hasLineCount(5);
        }
    }

    @Test
    void everyFileHasOneEndAndThereAreManyOfThem() {
        assertThat(cases()).hasSizeGreaterThan(100);
        assertThat(cases().stream().map(HostileMail::file).distinct()).hasSize(cases().size());
        assertThat(town.received()).hasSize(cases().size() - (int) refused());
        assertThat(town.events(Kind.REFUSED)).as("and the link").hasSize((int) refused() + 1);
        assertThat(town.events(Kind.DEAD)).isEmpty();
    }

    @Test
    void nothingOfTheHeadersOrdersLeaves() {
        assertThat(town.received()).allSatisfy(mail -> {
            String header = Letters.text(mail).replaceFirst("(?s)\r\n\r\n.*", "");
            assertThat(header)
                    .doesNotContainPattern(
                            "(?im)^(bcc|x-sender|x-receiver|x-createdby|x-auth|x-server|x-ms-exchange|received)");
            assertThat(header.lines()).allMatch(line -> line.length() <= 998 && line.matches("[\t -~]+"));
            assertThat(Letters.text(mail).replace("\r\n", "")).doesNotContain("\r", "\n");
        });
    }

    @Test
    void aLinkIsRefusedUnopenedAFolderAndAnEmptyFileStay() throws IOException {
        assertThat(town.folder("drop").resolve("link.bad")).isSymbolicLink();
        assertThat(town.folder("drop").resolve("link.bad.txt"))
                .content()
                .contains("why      \"link.eml\" is not a plain file but a link");
        assertThat(town.received()).noneMatch(mail -> Letters.text(mail).contains("secret"));
        assertThat(names()).contains("directory.eml", "empty.eml");
        assertThat(town.folder("outside").resolve("secret.txt")).content().endsWith("secret");
    }
}
