package org.mailchute.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Consumer;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.intake.RejectedRoom;
import org.mailchute.request.RequestTexts;
import org.mailchute.spool.Incoming;
import org.mailchute.steps.FolderFiles;
import org.mailchute.steps.PickupFiles;
import org.mailchute.steps.PollTrouble;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;

@DisplayName(
        "P7, P8: files beyond those that fit into memory wait until others left; where all of these stay, that is told")
class CrowdedFolderTest {
    private static final int FIT = 3;

    @TempDir
    Path folder;

    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock();

    @Test
    void ofAPickupFolder() throws Exception {
        Stability stability = stability();
        filesThatStayKeepOthersOutAndAreTold(new PickupFiles(stability, waiting(), Optional.empty()), stability);
    }

    @Test
    void ofAWatchedFolder() throws Exception {
        Stability stability = stability();
        FolderWatch watch = new FolderWatch(
                new Gathering(
                        Incoming.open(home.resolve("incoming"), "desk", folder), RequestTexts.RULE, stability, clock),
                waiting(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        filesThatStayKeepOthersOutAndAreTold(
                new FolderFiles(new IgnoredNames(List.of()), false, List.of(), watch, FolderRoom.ofHeap(stability)),
                stability);
    }

    private Stability stability() throws IOException {
        String path = folder.resolve("0.eml").toString();
        return Stabilities.some(home.resolve("seen"), Duration.ZERO, clock, FIT * FolderRoom.remembered(path));
    }

    private WaitingFiles waiting() {
        Patience patience = new Patience(Duration.ofDays(1), Duration.ofDays(1), false);
        return new WaitingFiles("desk", patience, Duration.ZERO, clock);
    }

    private void filesThatStayKeepOthersOutAndAreTold(GenericFileFilter<File> ready, Stability stability)
            throws Exception {
        RejectedRoom rejected = RejectedRoom.in(home, "desk", Optional.empty(), clock);
        PollTrouble trouble = new PollTrouble(
                "desk",
                clock,
                rejected,
                Optional.empty(),
                Optional.of(FolderRoom.ofHeap(stability)),
                new GivingWay(() -> 0, clock));
        for (int number = 0; number < 9; number++) {
            Files.writeString(folder.resolve(number + ".eml"), number < FIT ? "" : "mail");
        }
        try (DefaultCamelContext context = new DefaultCamelContext();
                LogLines log = LogLines.ofIntakes()) {
            FileEndpoint endpoint = context.getEndpoint("file:" + folder, FileEndpoint.class);
            Consumer consumer = endpoint.createConsumer(exchange -> {});
            assertThat(look(trouble, consumer, ready)).isEmpty();
            assertThat(log.lines()).as("they may be written still").isEmpty();
            clock.move(Duration.ofMinutes(10));
            assertThat(look(trouble, consumer, ready)).isEmpty();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("it holds so many files that stay that no other is looked at; clear it", ": " + folder);
            assertThat(trouble.standing()).isTrue();

            Files.delete(folder.resolve("0.eml")); // by a person
            for (int number = FIT; number < 9; number++) {
                Path taken = folder.resolve(number + ".eml");
                assertThat(look(trouble, consumer, ready)).containsExactly(taken);
                Files.delete(taken);
                stability.forget(taken.toString());
            }
            assertThat(trouble.standing()).isFalse();
            assertThat(log.lines()).hasSize(2).last().asString().endsWith("intake desk is polled again");
        }
    }

    /** The files that are handed on. */
    private List<Path> look(PollTrouble trouble, Consumer consumer, GenericFileFilter<File> ready) throws IOException {
        assertThat(trouble.begin(consumer, consumer.getEndpoint())).isTrue();
        List<Path> taken = FilesIn.folder(folder).stream()
                .sorted()
                .filter(file -> ready.accept(FileConsumer.asGenericFile(folder.toString(), file.toFile(), null, false)))
                .toList();
        trouble.commit(consumer, consumer.getEndpoint(), taken.size());
        return taken;
    }
}
