package org.mailchute.broker;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.jspecify.annotations.Nullable;
import org.mailchute.intake.Shown;
import org.mailchute.spool.Rest;
import org.messaginghub.pooled.jms.JmsPoolSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an intake's receiving goes. A message that the broker's client cannot read fails inside the receive, before any step of
 * ours: it is given back as an attempt that failed, so that the broker counts it, waits, lets others pass, and in the end sets
 * that message aside as it does all that fails again and again.
 */
public final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final Duration TOLD_AGAIN = Duration.ofDays(1);

    private final String intake;
    private final String aside;
    private final Clock clock;
    private Instant told = Instant.MIN;
    private boolean failing;
    private long unread;

    /** @param aside where the broker puts what fails too often, in words */
    public Reception(String intake, String aside, Clock clock) {
        this.intake = intake;
        this.aside = aside;
        this.clock = clock;
    }

    /** Whether nothing could be received the last time. */
    public synchronized boolean standing() {
        return failing;
    }

    /** How many times a message could not be read. */
    synchronized long unread() {
        return unread;
    }

    /** {@code mailchute.receptions.failed} by source. */
    public void bind(MeterRegistry meters) {
        FunctionCounter.builder("mailchute.receptions.failed", this, Reception::unread)
                .description(
                        "Times a message of an intake's queue could not be read; the broker gives it again, and in the end sets it aside")
                .tag("source", "jms:" + intake)
                .register(meters);
    }

    /** Empty-handed, as if no message had been there, when the one that was could not be read. */
    @Nullable
    Object of(Session session, Receives.Receive receive) throws Throwable {
        try {
            Object message = receive.now();
            well();
            return message;
        } catch (RuntimeException unreadable) {
            giveBack(session);
            failed(unreadable);
            return null;
        } catch (JMSException e) {
            broken(e);
            throw e; // the consumer is made anew
        }
    }

    /** As an attempt that failed: the broker counts it. */
    static void giveBack(Session session) throws JMSException {
        Session client = session instanceof JmsPoolSession pooled ? pooled.getInternalSession() : session;
        if (!(client instanceof ActiveMQSession artemis)) {
            session.rollback();
            return;
        }
        try {
            artemis.getCoreSession().rollback(true); // else Artemis takes it for one that was never delivered
        } catch (ActiveMQException e) {
            throw new JMSException(e.getMessage());
        }
    }

    private synchronized void well() {
        if (failing) {
            LOG.info("intake {} receives again", intake);
        }
        failing = false;
    }

    private synchronized void failed(RuntimeException why) {
        unread++;
        failing = true;
        if (loud()) {
            LOG.warn(
                    "intake {} cannot read a message of its queue ({}): the broker gives it again, and in the end puts it {};"
                            + " look at who sends there",
                    intake,
                    Shown.line(String.valueOf(why)),
                    aside);
        }
    }

    /** The broker does not give anything now. */
    synchronized void broken(JMSException why) {
        if (!failing && loud()) {
            LOG.warn(
                    "intake {} receives nothing now, and tries again: {}",
                    intake,
                    Shown.line(String.valueOf(why.getMessage())));
        }
        failing = true;
    }

    private boolean loud() {
        Instant now = clock.instant();
        if (Rest.lasts(told, TOLD_AGAIN, now)) {
            return false;
        }
        told = now;
        return true;
    }
}
