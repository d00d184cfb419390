package org.mailchute.limits;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Where the budgets of all mailboxes are noted. */
public interface BudgetJournals {
    /**
     * One of them, made when it is not there.
     *
     * @param name file systems take it
     * @param window after which nothing of it counts any more
     * @param clock for what is noted of another start of the machine
     * @param uptime what times are counted by
     */
    BudgetJournal open(String name, Duration window, Clock clock, Uptime uptime) throws IOException;

    /**
     * How many sessions a mailbox may have at a time: fewer while another gateway may still have some of its own.
     *
     * @param most of this gateway alone
     */
    default int sessions(int most) {
        return most;
    }

    /** A file each, in this folder. */
    static BudgetJournals in(Path folder) {
        return (name, window, clock, uptime) -> new BudgetFile(folder.resolve(name), window, clock, uptime);
    }
}
