package org.mailchute.doctor;

import org.mailchute.reply.ReplyTable;
import org.mailchute.reply.Stage;
import org.mailchute.reply.Verdict;

/** Says what a reply means in the words of the reply table, with our own values in its remedies. */
record Judge(ReplyTable table, Patient patient) {
    Verdict verdict(Stage stage, Heard heard) {
        return table.judge(patient.option(), patient.service(), stage, heard.reply());
    }

    /** A refusal as an error: reply and cause seen, remedy of the table. */
    void refused(Findings findings, Topic topic, Stage stage, Heard heard, String said) {
        Verdict verdict = verdict(stage, heard);
        String remedy = verdict.remedy().isEmpty()
                ? "Wait some minutes and run the doctor again; if it stays, the reply's text tells more."
                : verdict.remedy();
        findings.error(topic, said + heard.reply() + ": " + verdict.cause(), patient.own(remedy));
    }
}
