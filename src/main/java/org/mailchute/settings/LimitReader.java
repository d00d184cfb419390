package org.mailchute.settings;

import org.mailchute.limits.SendingLimits;
import org.mailchute.reply.Option;
import org.mailchute.service.ServiceProfile;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** The keys of a lane that say how much it may send. Microsoft's figures, of the lane's service, are the defaults. */
final class LimitReader {
    private static final long MESSAGE = Sizes.parse("35MB");
    private static final Kind<Integer> UNLIMITED_AT_0 = Kinds.whole(0, 10_000_000);

    /** Of four requests that Graph takes of a mailbox at a time (MailboxConcurrency), as many as of sessions. */
    private static final int GRAPH_REQUESTS = 4;

    /** No limit on sessions or rates is documented for an MX host; 200 recipients of one domain is (reply 4.5.3). */
    private static final SendingLimits MX = new SendingLimits(8, 0, 0, 0, 200, MESSAGE);

    private static final int MOST_SESSIONS = 50;

    private LimitReader() {}

    private static SendingLimits standard(ServiceProfile.Limits theirs) {
        return new SendingLimits(
                theirs.sessions(),
                theirs.messagesPerMinute(),
                theirs.messagesPerHour(),
                theirs.recipientsPerDay(),
                theirs.recipientsPerMessage(),
                theirs.messageBytes());
    }

    /** @param service Graph's limits are those of the same mailbox's submission */
    static SendingLimits read(Section lane, Option option, ServiceProfile service, String host) {
        ServiceProfile.Limits theirs = service.limits();
        SendingLimits standard = option.toMxHost() ? MX : standard(theirs);
        int submitting =
                option == Option.SUBMISSION && Hosts.submission(host) ? theirs.sessionsAtMost() : MOST_SESSIONS;
        int most = option == Option.GRAPH ? GRAPH_REQUESTS : submitting;
        return new SendingLimits(
                lane.value("sessions", Kinds.whole(1, most), standard.sessions()),
                lane.value("messagesPerMinute", UNLIMITED_AT_0, standard.messagesPerMinute()),
                lane.value("messagesPerHour", UNLIMITED_AT_0, standard.messagesPerHour()),
                lane.value("recipientsPerDay", UNLIMITED_AT_0, standard.recipientsPerDay()),
                lane.value("recipientsPerMessage", Kinds.whole(1, 1000), standard.recipientsPerMessage()),
                lane.value("messageSize", Kinds.size("1KB", "150MB"), standard.messageBytes()));
    }
}
