package org.mailchute.rehearsal;

import static org.mailchute.rehearsal.DemoStage.sample;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/** What the demo drops, and what must become of it. */
public record DemoStory(DemoStage stage, PrintWriter out) {
    private static final int BURST = 12;
    /** Longer than the time a file must be unchanged: only its structure tells that it is not whole. */
    private static final Duration LEFT_ALONE = Duration.ofSeconds(4);

    private static final Duration PATIENCE = Duration.ofSeconds(50);

    /**
     * What one recipient of one input must end as.
     *
     * @param option or, of one of several lanes of an option, the lane
     * @param reason a text the event's reason or reply must hold
     */
    private record Expected(
            String message, String source, String recipient, String option, Kind end, int times, String reason) {
        static Expected of(String line) {
            String[] words = line.split(" *\\| *", -1);
            return new Expected(
                    words[0],
                    words[1],
                    words[2],
                    words[3],
                    Kind.valueOf(words[4]),
                    Integer.parseInt(words[5]),
                    words[6]);
        }
    }

    private static final List<Expected> EXPECTED = """
            scan for a colleague | folder:reception | anna@contoso.example     | direct-send | ACCEPTED | 1  |
            scan for a customer  | folder:sales     | buyer@fabrikam.example   | submission  | ACCEPTED | 1  |
            scan for both: To    | folder:board     | ceo@contoso.example      | direct-send | ACCEPTED | 1  |
            scan for both: Cc    | folder:board     | lawyer@fabrikam.example  | submission  | ACCEPTED | 1  |
            TIFF by FTP          | ftp:plant        | quality@partner.example  | relay       | ACCEPTED | 1  |
            where only HTTPS is  | folder:branch    | office@tailspin.example  | graph       | ACCEPTED | 1  |
            reminder by JMS      | jms:applications | buyer@fabrikam.example   | submission  | ACCEPTED | 1  |
            payslip, inside      | folder:payroll   | anna@contoso.example     | hve         | ACCEPTED | 1  |
            news, to outside     | folder:news      | reader@fabrikam.example  | acs         | ACCEPTED | 1  |
            12 scans at once     | folder:burst     | archive@fabrikam.example | submission  | ACCEPTED | 12 |
            scan for a leaver    | folder:leaver    | leaver@contoso.example   | direct-send | DEAD     | 1  | 5.1.10
            refused for now      | folder:busy      | busy@contoso.example     | direct-send | DEFERRED | 1  | 4.3.2
            and sent again       | folder:busy      | busy@contoso.example     | direct-send | ACCEPTED | 1  |
            half-written scan    | folder:slow      | anna@contoso.example     | direct-send | ACCEPTED | 1  |
            bad request by JMS   | jms:applications |                          |             | REFUSED  | 1  | line end
            """.lines().map(Expected::of).toList();

    /** Drops everything, waits for the ends, prints the table; true when all came out as they should. */
    public boolean play() throws Exception {
        byte[] scan = sample("scan.pdf");
        Path half = stage.watched("slow").resolve("contract.pdf");
        Files.write(half, Arrays.copyOf(scan, scan.length / 2));
        stage.drop("reception", "delivery note 17.pdf", scan);
        stage.drop("sales", "offer.pdf", scan);
        stage.drop("board", "minutes.pdf", scan);
        stage.drop("payroll", "payslip.pdf", scan);
        stage.drop("news", "news.pdf", scan);
        stage.drop("branch", "order.pdf", scan);
        stage.drop("leaver", "SCN_0001.pdf", scan);
        stage.drop("busy", "SCN_0002.pdf", scan);
        for (int number = 1; number <= BURST; number++) {
            stage.drop("burst", "receipt-%02d.pdf".formatted(number), scan);
        }
        Files.write(stage.ftpFolder().resolve("test-report.tif"), sample("scan.tif"));
        stage.publish(new String(sample("reminder.json"), StandardCharsets.UTF_8));
        stage.publish(new String(sample("bad-request.json"), StandardCharsets.UTF_8));
        boolean taken = waitFor(Instant.now().plus(LEFT_ALONE), () -> count("folder:slow", Kind.RECEIVED) > 0);
        if (!taken) {
            out.printf(
                    "  (the half-written scan was left alone for %d s; now its scanner finishes it)%n",
                    LEFT_ALONE.toSeconds());
        }
        Files.write(half, scan);
        waitFor(Instant.now().plus(PATIENCE), () -> EXPECTED.stream().allMatch(this::met));
        return table() && !taken;
    }

    /** Drops one scan; true when it was accepted. */
    public boolean playOne() throws Exception {
        stage.drop("reception", "delivery note 17.pdf", sample("scan.pdf"));
        return waitFor(Instant.now().plus(PATIENCE), () -> count("folder:reception", Kind.ACCEPTED) > 0);
    }

    private boolean table() {
        out.printf("%n%-22s %-26s %-12s %-9s %s%n", "MESSAGE", "RECIPIENT", "OPTION", "OUTCOME", "REPLY OR REASON");
        boolean right = true;
        for (Expected expected : EXPECTED) {
            List<DeliveryEvent> found = found(expected);
            boolean met = met(expected);
            right &= met;
            out.printf(
                    "%-22s %-26s %-12s %-9s %s%s%n",
                    expected.message(),
                    expected.recipient(),
                    expected.option(),
                    expected.end().name().toLowerCase(java.util.Locale.ROOT),
                    found.isEmpty() ? "" : said(found.get(0)),
                    met ? "" : "   <-- NOT AS EXPECTED: %d of %d".formatted(found.size(), expected.times()));
        }
        remedies();
        throttled();
        return right;
    }

    private void remedies() {
        stage.events().stream()
                .filter(event -> event.kind() == Kind.DEAD || event.kind() == Kind.REFUSED)
                .forEach(event -> out.printf(
                        "%n%s %s%n  why: %s%n  do:  %s%n",
                        event.kind() == Kind.DEAD ? "Dead letter" : "Refused",
                        event.queueId(),
                        event.reason(),
                        event.remedy()));
    }

    private void throttled() {
        List<DeliveryEvent> burst = stage.events().stream()
                .filter(event -> event.source().equals("folder:burst"))
                .toList();
        if (burst.size() > 1) {
            long seconds = Duration.between(
                            burst.get(0).time(), burst.get(burst.size() - 1).time())
                    .toSeconds();
            out.printf(
                    "%nThrottler: %d scans at once left in %d s, as the mailbox's limit of 60 a minute asks.%n",
                    BURST, seconds);
        }
    }

    private static String said(DeliveryEvent event) {
        return event.reply().isEmpty() ? event.reason() : event.reply();
    }

    private boolean met(Expected expected) {
        return found(expected).size() == expected.times();
    }

    private List<DeliveryEvent> found(Expected expected) {
        return stage.events().stream()
                .filter(event -> event.kind() == expected.end())
                .filter(event -> event.source().equals(expected.source()))
                .filter(event -> List.of(event.option(), event.lane()).contains(expected.option()))
                .filter(event ->
                        expected.recipient().isEmpty() || event.recipients().contains(expected.recipient()))
                .filter(event -> (event.reply() + event.reason()).contains(expected.reason()))
                .toList();
    }

    private long count(String source, Kind kind) {
        return stage.events().stream()
                .filter(event -> event.source().equals(source) && event.kind() == kind)
                .count();
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    /** Looks every tenth of a second; whether it held in time. */
    private static boolean waitFor(Instant end, Condition condition) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.holds()) {
            if (Instant.now().isAfter(end) || never.await(100, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }
}
