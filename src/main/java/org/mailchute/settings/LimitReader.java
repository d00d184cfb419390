package org.mailchute.settings;

import org.mailchute.limits.SendingLimits;
import org.mailchute.reply.Option;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** The keys of a lane that say how much it may send. Microsoft's figures are the defaults. */
final class LimitReader {
    /** What Microsoft lets one mailbox open at a time; a fourth session is answered 432 4.3.2. */
    private static final int MAILBOX_SESSIONS = 3;

    private static final long MESSAGE = Sizes.parse("35MB");
    private static final Kind<Integer> UNLIMITED_AT_0 = Kinds.whole(0, 10_000_000);

    /** One session below the three, so that a program beside us does not push us over. */
    private static final SendingLimits SUBMISSION = new SendingLimits(2, 30, 0, 10_000, 500, MESSAGE);

    /** No limit on sessions or rates is documented for an MX host; 200 recipients of one domain is (reply 4.5.3). */
    private static final SendingLimits MX = new SendingLimits(8, 0, 0, 0, 200, MESSAGE);

    private LimitReader() {}

    static SendingLimits read(Section lane, Option option, String host) {
        SendingLimits standard = option == Option.SUBMISSION ? SUBMISSION : MX;
        boolean mailbox = option == Option.SUBMISSION && Hosts.submission(host);
        return new SendingLimits(
                lane.value("sessions", Kinds.whole(1, mailbox ? MAILBOX_SESSIONS : 50), standard.sessions()),
                lane.value("messagesPerMinute", UNLIMITED_AT_0, standard.messagesPerMinute()),
                lane.value("messagesPerHour", UNLIMITED_AT_0, standard.messagesPerHour()),
                lane.value("recipientsPerDay", UNLIMITED_AT_0, standard.recipientsPerDay()),
                lane.value("recipientsPerMessage", Kinds.whole(1, 1000), standard.recipientsPerMessage()),
                lane.value("messageSize", Kinds.size("1KB", "150MB"), standard.messageBytes()));
    }
}
