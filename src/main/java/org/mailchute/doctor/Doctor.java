package org.mailchute.doctor;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.mailchute.reply.Option;
import org.mailchute.reply.ReplyTable;
import org.mailchute.smtp.SmtpPeer.Proof;

/**
 * Examines lanes, side by side. Changes nothing, here or there, and sends no message unless told to.
 *
 * @param timeout for each connection and each answer, normally {@link #TIMEOUT}
 */
public record Doctor(Tenant tenant, ReplyTable replies, Zone zone, Clock clock, Duration timeout, Extras extras) {
    /** For each connection and each answer. */
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** For a whole lane: a server that says a word now and then holds nobody up for ever. */
    private static final Duration LONGEST = Duration.ofSeconds(90);

    /**
     * The results in the order of the patients.
     *
     * @throws InterruptedException when told to stop
     */
    public List<LaneResult> examine(List<Patient> patients) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(Doctor::thread);
        try {
            List<Future<List<Check>>> running = threads.invokeAll(
                    patients.stream()
                            .map(patient -> (java.util.concurrent.Callable<List<Check>>) () -> examine(patient))
                            .toList(),
                    LONGEST.toSeconds(),
                    TimeUnit.SECONDS);
            List<LaneResult> results = new ArrayList<>();
            for (int i = 0; i < patients.size(); i++) {
                results.add(result(patients.get(i), running.get(i)));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "doctor");
        thread.setDaemon(true);
        return thread;
    }

    private static LaneResult result(Patient patient, Future<List<Check>> running) throws InterruptedException {
        List<Check> checks;
        try {
            checks = running.get();
        } catch (CancellationException e) {
            checks = List.of(new Check(
                    Topic.REACHED,
                    Status.ERROR,
                    "the server kept us waiting for more than " + LONGEST.toSeconds() + " s",
                    "Run the doctor again; if it stays, something on the way delays SMTP."));
        } catch (ExecutionException e) {
            throw new IllegalStateException("examining lane " + patient.lane() + " failed", e.getCause());
        }
        return new LaneResult(
                patient.lane(),
                patient.option().label(),
                patient.peer().host(),
                patient.peer().port(),
                checks);
    }

    private List<Check> examine(Patient patient) {
        Findings findings = new Findings();
        if (patient.option() == Option.GRAPH) {
            return byHttps(patient, findings);
        }
        new HostCheck(patient, tenant, findings).run();
        new PlanCheck(patient, findings, clock, extras).run();
        patient.certificate()
                .ifPresent(files -> new CertificateCheck(tenant, findings, clock).run(files, patient.trust()));
        if (patient.peer().proof() instanceof Proof.OAuth oauth) {
            new TokenCheck(patient, findings, clock).run(oauth);
        }
        patient.app()
                .ifPresent(app -> new ClockCheck(findings, clock, timeout)
                        .run(app, patient.peer().sslContext()));
        Optional<String> egress = new Visit(patient, findings, replies, timeout, extras, clock).run();
        new DnsCheck(patient, tenant, findings, zone, extras.blockLists()).run(egress);
        return findings.checks();
    }

    private List<Check> byHttps(Patient patient, Findings findings) {
        Proof.OAuth proof = (Proof.OAuth) patient.peer().proof();
        new PlanCheck(patient, findings, clock, extras).run();
        new TokenCheck(patient, findings, clock).run(proof);
        patient.app()
                .ifPresent(app -> new ClockCheck(findings, clock, timeout)
                        .run(app, patient.peer().sslContext()));
        new GraphCheck(patient, findings, replies, clock).run();
        return findings.checks();
    }
}
