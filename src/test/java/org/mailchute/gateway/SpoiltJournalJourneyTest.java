package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailchute.broker.SpoolOwner;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;
import org.mailchute.trace.DeliveryEvent.Kind;

/** The embedded broker's journal, spoilt between two starts. */
class SpoiltJournalJourneyTest {
    private static final int SCANS = 5;

    @RegisterExtension
    final Town town = new Town();

    /** What may happen to its files. */
    enum Damage {
        CUT_SHORT {
            @Override
            void to(FileChannel file) throws IOException {
                file.truncate(file.size() / 1_000);
            }
        },
        EMPTIED {
            @Override
            void to(FileChannel file) throws IOException {
                file.truncate(0);
            }
        },
        GARBAGE_WITHIN {
            @Override
            void to(FileChannel file) throws IOException {
                byte[] garbage = new byte[600];
                java.util.Arrays.fill(garbage, (byte) 0x5a);
                file.write(ByteBuffer.wrap(garbage), 1_500);
            }
        };

        abstract void to(FileChannel file) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("P3: what a spoilt journal no longer knows is not thrown away: it is mailed, or rests and is told of")
    void whatASpoiltJournalNoLongerKnowsIsNotThrownAway(Damage damage) throws Exception {
        town.start();
        town.command("lanes", "hold", "direct");
        for (int number = 0; number < SCANS; number++) {
            town.scan("scans", "scan" + number, "content of " + number);
        }
        await("they wait").until(() -> town.events(Kind.RECEIVED).size() == SCANS);
        await("their claims have ended")
                .until(() -> FilesIn.folder(town.home().resolve("incoming")).isEmpty());
        town.stop();
        for (Path file : journal()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                damage.to(channel);
            }
        }
        try (LogLines log = LogLines.of(SpoolOwner.class.getName())) {
            town.start();
            town.command("lanes", "release", "direct");
            await("all are accounted for").until(() -> town.received().size() + aside().size() == SCANS);
            if (!aside().isEmpty()) {
                assertThat(log.lines())
                        .singleElement()
                        .asString()
                        .startsWith("ERROR the journal in " + town.home().resolve("broker") + " has lost "
                                + aside().size() + " messages")
                        .contains(aside());
            }
        }
        town.scan("scans", "next", "content");
        int mailed = town.received().size();
        town.awaitReceived(mailed + 1);
        town.awaitEmptySpool();
    }

    private List<Path> journal() throws IOException {
        try (Stream<Path> files = Files.list(town.home().resolve("broker").resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".amq")).toList();
        }
    }

    /** The queue ids of what rests. */
    private Set<String> aside() throws IOException {
        Path aside = town.home().resolve("set-aside");
        if (!Files.isDirectory(aside)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(aside)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".ticket"))
                    .map(name -> name.substring(0, 16))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
