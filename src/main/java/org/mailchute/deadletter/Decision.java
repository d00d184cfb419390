package org.mailchute.deadletter;

import java.io.IOException;
import org.mailchute.intake.Refused;

/** What a person wants done with dead letters. */
@FunctionalInterface
public interface Decision {
    /** @throws Refused when it cannot be done; then nothing is */
    Settlement on(DeadLetter letter) throws IOException, Refused;
}
