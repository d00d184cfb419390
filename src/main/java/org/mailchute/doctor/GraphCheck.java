package org.mailchute.doctor;

import java.time.Clock;
import java.util.List;
import org.mailchute.credentials.EntraApp;
import org.mailchute.graph.GraphMailbox;
import org.mailchute.graph.GraphProbe;
import org.mailchute.reply.Reply;
import org.mailchute.reply.ReplyTable;
import org.mailchute.reply.Verdict;

/** Whether Graph is reached, takes the token, and lets the app send as the mailbox; without a message. */
record GraphCheck(Patient patient, Findings findings, ReplyTable replies, Clock clock) {
    void run() {
        GraphMailbox mailbox = GraphMailbox.of(patient.peer(), patient.app().flatMap(EntraApp::proxy));
        GraphProbe.Heard heard = new GraphProbe(mailbox, clock).ask();
        if (heard.fine()) {
            findings.ok(Topic.REACHED, patient.at() + " by HTTPS");
            findings.ok(
                    Topic.LOGIN, "the app may send as " + mailbox.mailbox() + " (" + heard.reply() + ", as it should)");
        } else if (heard.reply().code() == Reply.NO_REPLY) {
            refused(Topic.REACHED, heard);
            findings.notChecked(List.of(Topic.LOGIN), "Graph did not answer");
        } else {
            findings.ok(Topic.REACHED, patient.at() + " by HTTPS");
            refused(Topic.LOGIN, heard);
        }
    }

    private void refused(Topic topic, GraphProbe.Heard heard) {
        Verdict verdict = replies.judge(patient.option(), patient.service(), heard.stage(), heard.reply());
        String remedy = verdict.remedy().isEmpty()
                ? "Check that port 443 to " + patient.peer().host()
                        + " is open, or set gateway.proxy; run the doctor again in some minutes."
                : verdict.remedy();
        findings.error(topic, heard.reply() + ": " + verdict.cause(), patient.own(remedy));
    }
}
