package org.mailchute.smtp;

import jakarta.mail.internet.MimeMessage;
import java.io.UncheckedIOException;
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
 * there are as many as there may be (Microsoft: 3 a mailbox). Safe between threads.
 */
public final class SessionPool implements AutoCloseable {
    /** The number of sessions may rise without anybody leaving. */
    private static final long LOOK_AGAIN_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(SessionPool.class);

    private final SmtpPeer peer;
    private final Clock clock;
    private final IntSupplier most;
    private final Deque<KeptSession> idle = new ArrayDeque<>();
    private final Set<KeptSession> busy = new HashSet<>();
    private final AtomicBoolean toldOfHelo = new AtomicBoolean();
    private int users;
    private int opening;
    private long opened;
    private boolean closed;

    /**
     * @param clock for age and idleness of sessions
     * @param most sessions at a time, kept ones included; asked again each time, 1 or more
     */
    public SessionPool(SmtpPeer peer, Clock clock, IntSupplier most) {
        this.peer = peer;
        this.clock = clock;
        this.most = most;
    }

    /**
     * Runs one transaction. No fault of server or network is thrown: {@link Reply#none} stands for silence.
     *
     * @param size octets of the message, told to a server that offers SIZE (RFC 1870), so that it may refuse it early
     * @param dot told when the final dot leaves, and what the server says to it
     * @return what was said last about each recipient, in the order of the envelope
     * @throws UncheckedIOException when the message itself cannot be read; no recipient has got it then
     * @throws FinalDot.NotNoted likewise
     */
    public List<RecipientReply> send(Envelope envelope, MimeMessage message, OptionalLong size, FinalDot dot) {
        enter();
        try {
            return sendOverOne(envelope, message, size, dot);
        } finally {
            leave();
        }
    }

    private List<RecipientReply> sendOverOne(
            Envelope envelope, MimeMessage message, OptionalLong size, FinalDot dot) {
        Optional<KeptSession> kept = take();
        if (kept.isPresent()) {
            List<RecipientReply> replies = use(kept.get(), envelope, message, size, dot);
            if (!gone(kept.get(), replies)) {
                return replies;
            }
        }
        try {
            return use(fresh(), envelope, message, size, dot);
        } catch (SessionFault fault) {
            return envelope.forwardPaths().stream()
                    .map(path -> new RecipientReply(path, fault.stage(), fault.reply()))
                    .toList();
        }
    }

    private synchronized void enter() {
        while (users >= most.getAsInt()) {
            try {
                wait(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for a session", e);
            }
        }
        users++;
    }

    private synchronized void leave() {
        users--;
        notifyAll();
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
        makeRoom().ifPresent(KeptSession::quit);
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

    /** For one more; a kept session that lies idle gives way when there would be too many. */
    private synchronized Optional<KeptSession> makeRoom() {
        opening++;
        return all() > most.getAsInt() ? Optional.ofNullable(idle.pollLast()) : Optional.empty();
    }

    private synchronized void opened(@Nullable KeptSession session) {
        opening--;
        if (session != null) {
            opened++;
            busy.add(session);
        }
    }

    private int all() {
        return idle.size() + busy.size() + opening;
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
        @Nullable KeptSession session;
        synchronized (this) {
            session = idle.pollFirst();
            if (session != null) {
                busy.add(session);
            }
        }
        return Optional.ofNullable(session);
    }

    private void giveBack(KeptSession session) {
        boolean keep;
        synchronized (this) {
            busy.remove(session);
            // not by users: one that has entered may be about to take an idle one
            keep = !closed && session.usable() && all() < most.getAsInt();
            if (keep) {
                idle.addFirst(session);
            }
        }
        if (!keep) {
            session.quit();
        }
    }

    /** Closes kept sessions whose time is over, and cuts those to which a write has stalled. Meant to be called now and then. */
    public void reap() {
        List<KeptSession> stalled;
        synchronized (this) {
            stalled = busy.stream().filter(KeptSession::stalled).toList();
        }
        stalled.forEach(KeptSession::cut);
        remove(session -> !session.usable()).forEach(KeptSession::quit);
    }

    private synchronized List<KeptSession> remove(Predicate<KeptSession> condition) {
        List<KeptSession> removed = idle.stream().filter(condition).toList();
        idle.removeAll(removed);
        return removed;
    }

    /** Sessions open now, kept or in use. */
    public synchronized int open() {
        return idle.size() + busy.size();
    }

    /** Sessions opened since the beginning. */
    public synchronized long opened() {
        return opened;
    }

    /** Closes the kept sessions now, and those in use when their transaction has ended. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        remove(session -> true).forEach(KeptSession::quit);
    }
}
