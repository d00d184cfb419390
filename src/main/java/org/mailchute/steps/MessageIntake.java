package org.mailchute.steps;

import org.mailchute.intake.ReadyTicket;

/** One that is sent whole messages. */
public interface MessageIntake extends Intake {
    /** How it reads them. */
    ReadyTicket reader();
}
