package org.mailchute.steps;

import org.mailchute.request.Requests;

/** One that reads mail requests from a queue. */
public interface RequestIntake extends Intake {
    /** How it reads them. */
    Requests requests();
}
