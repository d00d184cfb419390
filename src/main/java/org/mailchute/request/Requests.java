package org.mailchute.request;

import java.util.Optional;
import org.mailchute.intake.ReadyTicket;

/**
 * How one JMS intake reads what is published to it.
 *
 * @param json reads mail requests
 * @param ready reads ready-made messages
 * @param book request ids received before
 * @param answers where delivery events go when a message has no JMSReplyTo: {@code queue:NAME}, {@code topic:NAME}
 * @param maxBytes of one message
 */
public record Requests(
        MailRequest json, ReadyTicket ready, RequestBook book, Optional<String> answers, long maxBytes) {}
