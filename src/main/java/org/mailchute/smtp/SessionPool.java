package org.mailchute.smtp;

import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mailchute.envelope.Envelope;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions with one server. Each {@link #send} takes the kept session that was used last, or opens one, and waits while
 * there are as many as there may be. Safe between threads; what it counts, the monitor of its {@link Seats} guards.
 */
public final class SessionPool implements MailSender {
    private static final Logger LOG = LoggerFactory.getLogger(SessionPool.class);

    private final SmtpPeer peer;
    private final Clock clock;
    private final Seats seats;
    private final Deque<KeptSession> idle = new ArrayDeque<>();
    private final Set<KeptSession> busy = new HashSet<>();
    /** Being opened, or closed: the server counts them, or may. */
    private int changing;

    private final AtomicBoolean toldOfHelo = new AtomicBoolean();
    private long opened;
    private volatile boolean closed;

    /**
     * @param clock for age and idleness of sessions
     * @param most sessions at a time, kept ones included; asked again each time, 1 or more
     */
    public SessionPool(SmtpPeer peer, Clock clock, IntSupplier most) {
        this(peer, clock, new Seats(most));
    }

    /** @param seats shared with the other pools of the same mailbox */
    public SessionPool(SmtpPeer peer, Clock clock, Seats seats) {
        this.peer = peer;
        this.clock = clock;
        this.seats = seats;
        seats.join(this);
    }

    @Override
    public List<RecipientReply> send(
            Envelope envelope, MimeMessage message, OptionalLong size, Runnable beforeMail, FinalDot dot) {
        seats.enter();
        try {
            return sendOverOne(envelope, message, size, beforeMail, dot);
        } finally {
            seats.leave();
        }
    }

    private List<RecipientReply> sendOverOne(
            Envelope envelope, MimeMessage message, OptionalLong size, Runnable beforeMail, FinalDot dot) {
        beforeMail.run();
        Optional<KeptSession> kept = take();
        if (kept.isPresent()) {
            List<RecipientReply> replies = use(kept.get(), envelope, message, size, dot);
            if (!gone(kept.get(), replies)) {
                return replies;
            }
            beforeMail.run();
        }
        try {
            return use(fresh(), envelope, message, size, dot);
        } catch (SessionFault fault) {
            return envelope.forwardPaths().stream()
                    .map(path -> new RecipientReply(path, fault.stage(), fault.reply()))
                    .toList();
        }
    }

    /**
     * The server closed a kept session while it lay idle: no body was transmitted, so a fresh one may try at once. Some say
     * why first, Exchange with {@code 451 4.7.0 Timeout waiting for client input}; unread until now, that is no answer to us.
     */
    private static boolean gone(KeptSession session, List<RecipientReply> replies) {
        RecipientReply first = replies.get(0);
        int code = first.reply().code();
        return first.stage() == Stage.MAIL && code < 500 && session.broken();
    }

    private KeptSession fresh() throws SessionFault {
        seats.surplus(this);
        @Nullable KeptSession session = null;
        try {
            session = KeptSession.open(peer, clock);
            session.heloBecause().ifPresent(this::tell);
            return session;
        } finally {
            opened(session);
        }
    }

    /** Once: all its sessions are like this. */
    private void tell(Reply said) {
        if (toldOfHelo.compareAndSet(false, true)) {
            LOG.warn("{} answers EHLO with {}, so HELO is said: without TLS, size and pipelining", peer.host(), said);
        }
    }

    private void opened(@Nullable KeptSession session) {
        synchronized (seats) {
            changing--;
            if (session != null) {
                opened++;
                busy.add(session);
            }
        }
    }

    /** Counts one that is about to be opened. */
    void opening() {
        changing++;
    }

    /** The one that has lain idle longest; it counts until {@link #quit}. */
    Optional<KeptSession> spare() {
        Optional<KeptSession> oldest = Optional.ofNullable(idle.pollLast());
        oldest.ifPresent(session -> changing++);
        return oldest;
    }

    /** The server has heard its goodbye before it is counted no longer; when all ends, nobody waits for that. */
    void quit(KeptSession session) {
        try {
            if (closed) {
                session.quit();
            } else {
                session.farewell();
            }
        } finally {
            synchronized (seats) {
                changing--;
            }
        }
    }

    /** Under the monitor of the seats, as {@link #opening} and {@link #spare}. */
    int all() {
        return idle.size() + busy.size() + changing;
    }

    private List<RecipientReply> use(
            KeptSession session, Envelope envelope, MimeMessage message, OptionalLong size, FinalDot dot) {
        try {
            return session.send(envelope, message, size, dot);
        } finally {
            giveBack(session);
        }
    }

    private Optional<KeptSession> take() {
        reap();
        synchronized (seats) {
            @Nullable KeptSession session = idle.pollFirst();
            if (session != null) {
                busy.add(session);
            }
            return Optional.ofNullable(session);
        }
    }

    private void giveBack(KeptSession session) {
        synchronized (seats) {
            busy.remove(session);
            // not by users: one that has entered may be about to take an idle one
            if (!closed && session.usable() && !seats.full()) {
                idle.addFirst(session);
                return;
            }
            changing++;
        }
        quit(session);
    }

    /** Closes kept sessions whose time is over, and cuts those to which a write has stalled. */
    @Override
    public void reap() {
        List<KeptSession> stalled;
        synchronized (seats) {
            stalled = busy.stream().filter(KeptSession::stalled).toList();
        }
        stalled.forEach(KeptSession::cut);
        remove(session -> !session.usable()).forEach(this::quit);
    }

    private List<KeptSession> remove(Predicate<KeptSession> condition) {
        synchronized (seats) {
            List<KeptSession> removed = idle.stream().filter(condition).toList();
            idle.removeAll(removed);
            changing += removed.size();
            return removed;
        }
    }

    /** Sessions open now, kept or in use. */
    public int open() {
        synchronized (seats) {
            return idle.size() + busy.size();
        }
    }

    /** Sessions opened since the beginning. */
    public long opened() {
        synchronized (seats) {
            return opened;
        }
    }

    @Override
    public void close() {
        synchronized (seats) {
            closed = true;
        }
        remove(session -> true).forEach(this::quit);
    }
}
