package org.mailchute.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;

/** The same jar, as a bundle in a real Karaf with a heap of 256 MB. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "starts bin/karaf")
class KarafIT {
    private static final byte[] PDF = "%PDF-1.4\nstartxref\n0\n%%EOF\n".getBytes(US_ASCII);
    private static final Predicate<String> OURS = Pattern.compile(
                    "mailchute|camel|activemq|jms", Pattern.CASE_INSENSITIVE)
            .asPredicate();

    @TempDir
    Path root;

    @Test
    void inKarafScansArriveAndTheBundleStopsAndStartsCleanly() throws Exception {
        try (Workplace workplace = new Workplace(root, Scenario.standard());
                RunningKaraf karaf = RunningKaraf.unpack(root.resolve("karaf"))) {
            Files.copy(workplace.settings(root.resolve("home")), karaf.etc("mailchute.yaml"));
            karaf.start();
            karaf.deploy();
            workplace.drop("first.pdf", PDF);
            await(karaf, "the first scan", () -> workplace.received().size() == 1);

            karaf.undeploy();
            await(karaf, "the bundle's end", () -> karaf.log().contains("mailchute has ended"));
            await(
                    karaf,
                    "the end of its threads",
                    () -> karaf.threads().stream().noneMatch(OURS));
            assertThat(karaf.objects("org.mailchute.boot.Gateway")).isZero();

            workplace.drop("second.pdf", PDF);
            karaf.deploy();
            await(karaf, "the second scan", () -> workplace.received().size() == 2);
            assertThat(workplace.received().stream().map(KarafIT::subject)).containsExactly("first.pdf", "second.pdf");

            assertThat(karaf.terminate()).isZero();
            assertThat(karaf.processes()).isEmpty();
            assertThat(karaf.etc("mailchute.sample.yaml")).exists();
            assertThat(karaf.log()).doesNotContain("ClassNotFoundException", "NoClassDefFoundError", "left behind");
        }
    }

    private static void await(RunningKaraf karaf, String what, Callable<Boolean> until) throws Exception {
        try {
            Awaitility.await(what).atMost(Duration.ofSeconds(90)).until(until);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + System.lineSeparator() + karaf.log(), e);
        }
    }

    private static String subject(Received mail) {
        try {
            return Workplace.field(mail.file(), "Subject");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
