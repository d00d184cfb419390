package org.mailchute.gateway;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.mailchute.intakes.IntakeKind;
import org.mailchute.spool.DiskRoom;

/** What is looked at again and again, on a thread of its own: disk, clock, idle sessions, claims of a crash, old files, proofs that end. */
final class Housekeeping implements AutoCloseable {
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "mailchute-housekeeping"));

    private final Wiring wiring;

    private Housekeeping(Wiring wiring) {
        this.wiring = wiring;
    }

    static Housekeeping start(Wiring wiring, IntakeRoutes intakes, ProofEnds proofs, ClockSteps steps) {
        Housekeeping all = new Housekeeping(wiring);
        all.every(1, TimeUnit.SECONDS, 0, all::disk);
        all.every(1, TimeUnit.SECONDS, 1, steps::look);
        all.every(5, TimeUnit.SECONDS, 5, wiring.allLanes()::reapSessions);
        all.every(30, TimeUnit.SECONDS, 30, intakes::recover);
        all.every(1, TimeUnit.HOURS, 0, () -> wiring.intakes().all().forEach(IntakeKind::sweep));
        all.every(1, TimeUnit.HOURS, 0, proofs::look);
        return all;
    }

    private void disk() {
        DiskRoom disk = wiring.managed().disk();
        disk.look();
        if (disk.answers()) {
            wiring.allLanes().hold().watch().answers();
        }
    }

    private void every(int pause, TimeUnit unit, int first, Runnable look) {
        thread.scheduleWithFixedDelay(look, first, pause, unit);
    }

    @Override
    public void close() {
        wiring.allLanes().hold().watch().ends();
        wiring.managed().disk().end();
        thread.shutdownNow();
    }
}
