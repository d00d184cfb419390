package org.mailchute.listener;

import java.util.Optional;
import org.mailchute.envelope.MailAddress;

/** Who may send to whom, asked while the device can still be told. Each answer is why not, in one sentence. */
public interface Policy {
    Optional<String> sender(MailAddress sender);

    Optional<String> recipient(MailAddress recipient);
}
