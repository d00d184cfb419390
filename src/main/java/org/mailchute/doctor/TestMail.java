package org.mailchute.doctor;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.mailchute.reply.Stage;

/**
 * A short mail from each sender to itself. Exchange Online says only after the message whether a mailbox may send as another
 * (5.2.252, 5.7.60).
 */
record TestMail(Patient patient, Findings findings, Judge judge, Clock clock) {
    /** A person waits; the final reply takes a while with Microsoft. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Each is a mail somebody gets. */
    private static final int MOST = 5;

    /** In a session that is logged in. */
    void run(Talk talk) throws IOException {
        List<String> others = patient.plan().sendsAs();
        for (String sender :
                others.isEmpty() ? List.of(patient.mailbox()) : others.subList(0, Math.min(MOST, others.size()))) {
            send(talk, sender);
        }
        if (others.size() > MOST) {
            findings.info(Topic.SEND_AS, "of " + others.size() + " senders " + MOST + " were tried", "");
        }
    }

    private void send(Talk talk, String sender) throws IOException {
        talk.waitFor(PATIENCE);
        boolean taken = agreed(talk.say("MAIL FROM:<" + sender + ">"), Stage.MAIL, sender)
                && agreed(talk.say("RCPT TO:<" + sender + ">"), Stage.RCPT, sender)
                && agreed(talk.say("DATA"), Stage.DATA, sender)
                && agreed(talk.say(message(sender)), Stage.END_OF_DATA, sender);
        if (taken) {
            findings.ok(Topic.SEND_AS, patient.mailbox() + " sent a test mail as " + sender + ", to itself");
        } else {
            talk.say("RSET");
        }
    }

    private boolean agreed(Heard heard, Stage stage, String sender) {
        boolean agreed = stage == Stage.DATA ? heard.code() == 354 : heard.positive();
        if (!agreed) {
            judge.refused(findings, Topic.SEND_AS, stage, heard, "a test mail as " + sender + " was answered ");
        }
        return agreed;
    }

    /** With the final dot, but without the end of its line. */
    private String message(String sender) {
        ZonedDateTime now = clock.instant().atZone(ZoneOffset.UTC);
        return String.join(
                "\r\n",
                "From: <" + sender + ">",
                "To: <" + sender + ">",
                "Subject: Mailchute doctor: test mail",
                "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(now),
                "Message-ID: <doctor-" + now.toInstant().toEpochMilli() + "@"
                        + patient.peer().ehloName() + ">",
                "MIME-Version: 1.0",
                "",
                "Mailchute's doctor tried whether " + patient.mailbox() + " may send as " + sender + ". It may.",
                ".");
    }
}
