package org.mailchute.doctor;

import java.io.IOException;
import org.mailchute.reply.Stage;

/** Sender and recipient are named and taken back: the server says whether it would take the mail, and none is sent. */
record Probe(Patient patient, Findings findings, Judge judge) {
    /** Reserved (RFC 2606): stands for "outside", and nobody gets anything. */
    private static final String OUTSIDE = "mailchute-doctor@example.com";

    void run(Talk talk) throws IOException {
        String inside = patient.sender().toString();
        probe(talk, inside, "an own recipient, ");
        if (patient.external()) {
            probe(talk, OUTSIDE, "a recipient outside, ");
        }
    }

    private void probe(Talk talk, String recipient, String who) throws IOException {
        Heard mail = talk.say("MAIL FROM:<" + patient.sender() + ">");
        if (!mail.positive()) {
            judge.refused(
                    findings, Topic.PROBE, Stage.MAIL, mail, "MAIL FROM:<" + patient.sender() + "> was answered ");
        } else {
            Heard to = talk.say("RCPT TO:<" + recipient + ">");
            if (to.positive()) {
                findings.ok(Topic.PROBE, who + recipient + ", would be taken from " + patient.sender());
            } else {
                judge.refused(findings, Topic.PROBE, Stage.RCPT, to, "for " + who + recipient + ": ");
            }
        }
        talk.say("RSET");
    }
}
