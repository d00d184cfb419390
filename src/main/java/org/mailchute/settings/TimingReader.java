package org.mailchute.settings;

import java.time.Duration;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;
import org.mailchute.smtp.SmtpPeer;

/** The keys of a lane that say how long its sessions wait and last. */
final class TimingReader {
    private static final Kind<Duration> TIMEOUT = Kinds.duration("1s", "30m");

    private TimingReader() {}

    static SmtpPeer.Times read(Section lane) {
        return new SmtpPeer.Times(
                lane.value("connectTimeout", TIMEOUT, Duration.ofSeconds(30)),
                // RFC 5321 section 4.5.3.2: 5 minutes a reply, 10 for the one to the final dot
                lane.value("replyTimeout", TIMEOUT, Duration.ofMinutes(5)),
                lane.value("finalReplyTimeout", TIMEOUT, Duration.ofMinutes(10)),
                lane.value("sessionMessages", Kinds.whole(1, 10_000), 100),
                // Exchange Online cuts a session at about 20 minutes
                lane.value("sessionAge", TIMEOUT, Duration.ofMinutes(15)),
                lane.value("sessionIdle", TIMEOUT, Duration.ofMinutes(1)));
    }
}
