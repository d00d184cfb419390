package org.mailchute.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Received;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.RealPostgres;
import org.mailchute.trace.DeliveryEvent;

/** What the tests share in which several gateways have one home. */
abstract class ClusterTrial {
    /** Forgotten by the broker soon, of whoever is killed or stands still. */
    static final String SOON = "connectionTTL=6000&clientFailureCheckPeriod=2000";

    @TempDir
    Path root;

    /** A section as YAML. */
    final String broker(String url) throws IOException {
        Path password = Files.writeString(root.resolve("password"), "gateway-secret");
        return "broker: {url: \"%s\", user: gateway, password: \"${file:%s}\"}\n".formatted(url, password);
    }

    /** Likewise, and the cluster's. @param lease as the settings have it */
    final String sections(String broker, RealPostgres database, String lease) throws IOException {
        return broker(broker)
                + "cluster: {lease: %s, database: {url: \"%s\", user: mailchute}}\n".formatted(lease, database.url());
    }

    final RunningJar start(Path settings) throws IOException {
        return RunningJar.gateway(root, "128m", settings);
    }

    /** One that waits, as it has said. */
    final RunningJar standby(Path settings) throws IOException {
        RunningJar standby = start(settings);
        Awaitility.await("it says for whom it waits")
                .until(() -> standby.output().contains("this gateway is its standby"));
        return standby;
    }

    static void drop(Workplace work, String name, int count) throws IOException {
        for (int number = 0; number < count; number++) {
            String scan = "%s-%d.bin".formatted(name, number);
            work.drop(scan, scan.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Likewise; returns when some of them have come. */
    static void flow(Workplace work, String name, int count, int some) throws IOException {
        int before = work.received().size();
        drop(work, name, count);
        Awaitility.await("some of them").until(() -> work.received().size() >= before + some);
    }

    /** Each at least once. */
    static void awaitAll(Workplace work, int count) {
        Awaitility.await("all of " + count).until(() -> names(work).size() == count);
    }

    /** Of all files that came, each once. */
    static List<String> names(Workplace work) throws IOException {
        List<String> names = new ArrayList<>();
        for (Received mail : work.received()) {
            names.add(Workplace.field(mail.file(), "Subject"));
        }
        return names.stream().distinct().toList();
    }

    /** Copies beyond the first of each. */
    static int surplus(Workplace work) throws IOException {
        return work.received().size() - names(work).size();
    }

    /** How often nobody could know, as the gateways have told. */
    final int perhapsTwice() throws IOException {
        int lines = 0;
        for (Path output : FilesIn.folder(root)) {
            if (output.getFileName().toString().endsWith(".log")) {
                lines += (int) Files.readString(output)
                        .lines()
                        .filter(line -> line.contains(DeliveryEvent.PERHAPS_TWICE))
                        .count();
            }
        }
        return lines;
    }
}
