package org.mailchute.drop;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;
import org.apache.ftpserver.ipfilter.SessionFilter;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.FilterEvent;
import org.apache.mina.filter.codec.ProtocolCodecFactory;
import org.apache.mina.filter.codec.ProtocolCodecFilter;
import org.apache.mina.filter.codec.ProtocolDecoderException;
import org.apache.mina.filter.ssl.SslEvent;
import org.mailchute.credentials.TlsTrouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong in a session is said in one line. The server's own handler would write a stack trace for each. */
final class SessionTrouble extends IoFilterAdapter implements SessionFilter {
    private static final Logger LOG = LoggerFactory.getLogger(SessionTrouble.class);
    private static final String OLD =
            "renew its firmware, or set tls of ftp-server to optional and let it save without TLS, in a network of its own";

    /** The engine says the same for each of its tasks. */
    private static final String TOLD = "mailchute.tls-trouble-told";

    private final boolean implicit;
    private final ProtocolCodecFactory lines;
    private final Visits visits;
    private final Early early;

    /**
     * @param implicit TLS begins at once on this port
     * @param lines how what devices say is read
     * @param visits ends what takes too long
     */
    SessionTrouble(boolean implicit, ProtocolCodecFactory lines, Visits visits, Early early) {
        this.implicit = implicit;
        this.lines = lines;
        this.visits = visits;
        this.early = early;
    }

    /** Called once for each new session: joins it. */
    @Override
    public boolean accept(IoSession session) {
        session.getFilterChain().replace("codec", new ProtocolCodecFilter(lines));
        session.getFilterChain().addBefore("threadPool", Abort.NAME, new Abort());
        session.getFilterChain().addLast("trouble", this);
        session.getFilterChain().addLast("early", early);
        visits.begin(session);
        if (!implicit) {
            session.getFilterChain().addFirst(TlsAtOnce.NAME, new TlsAtOnce());
        }
        return true;
    }

    /** One whole line. */
    @Override
    public void messageReceived(NextFilter next, IoSession session, Object line) {
        DropSession.of(session).goesOn();
        next.messageReceived(session, line);
    }

    @Override
    public void event(NextFilter next, IoSession session, FilterEvent event) throws Exception {
        if (event == SslEvent.SECURED) {
            DropSession.of(session).tlsBegins();
        }
        next.event(session, event);
    }

    @Override
    public void exceptionCaught(NextFilter next, IoSession session, Throwable cause) {
        if (cause instanceof ProtocolDecoderException) {
            next.exceptionCaught(session, cause); // answered with 501
            return;
        }
        if (cause instanceof SSLException && session.containsAttribute(TOLD)) {
            LOG.debug("ftp server: no TLS with {}, as told", peer(session), cause);
        } else if (cause instanceof SSLException) {
            session.setAttribute(TOLD);
            DropSession.of(session)
                    .tell(
                            "no tls",
                            more -> LOG.warn(
                                    "ftp server: no TLS with {}: {}{}",
                                    peer(session),
                                    TlsTrouble.said(cause, OLD),
                                    more));
        } else {
            LOG.debug("ftp server: session of {} broke off", peer(session), cause);
        }
        session.closeNow();
    }

    static String peer(IoSession session) {
        return session.getRemoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "a device that is gone";
    }
}
