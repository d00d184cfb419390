package org.mailchute.limits;

import java.util.Optional;
import org.mailchute.limits.Budget.Spending;
import org.mailchute.limits.Turns.Turn;

/** What one attempt takes out of its mailbox's {@link Allowance}. It ends when this is closed, whatever became of the attempt. */
public final class Expense implements AutoCloseable {
    private final Spending recipients;
    private final Turns turns;
    private Optional<Turn> turn = Optional.empty();
    private int used;
    private boolean begun = true;
    private boolean unheard = true;

    /** @param many recipients; until {@link #came} says otherwise, all may have got the message */
    Expense(Spending recipients, int many, Turns turns) {
        this.recipients = recipients;
        this.used = many;
        this.turns = turns;
    }

    /**
     * Waits until the message may begin. A second MAIL for it, after the first found a session that was gone, is a second message
     * to the server and waits for a turn of its own.
     *
     * @throws NotNow when it will not be now
     */
    public void turn() {
        turn.ifPresent(before -> before.end(true, false));
        turn = Optional.empty();
        turn = Optional.of(turns.next());
    }

    /**
     * What came of it.
     *
     * @param recipients who may have got it
     * @param begun whether MAIL was said, at the last turn
     * @param unheard the final dot had left, and no reply came
     */
    public void came(int recipients, boolean begun, boolean unheard) {
        this.used = recipients;
        this.begun = begun;
        this.unheard = unheard;
    }

    @Override
    public void close() {
        turn.ifPresent(last -> last.end(begun, unheard));
        recipients.end(turn.isPresent() ? used : 0, unheard);
    }
}
