package org.mailchute.drop;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;
import org.apache.ftpserver.ipfilter.SessionFilter;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.codec.ProtocolDecoderException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong in a session is said in one line. The server's own handler would write a stack trace for each. */
final class SessionTrouble extends IoFilterAdapter implements SessionFilter {
    private static final Logger LOG = LoggerFactory.getLogger(SessionTrouble.class);

    /** Called once for each new session: joins it. */
    @Override
    public boolean accept(IoSession session) {
        session.getFilterChain().addLast("trouble", this);
        return true;
    }

    @Override
    public void exceptionCaught(NextFilter next, IoSession session, Throwable cause) {
        if (cause instanceof ProtocolDecoderException) {
            next.exceptionCaught(session, cause); // answered with 501
            return;
        }
        if (cause instanceof SSLException) {
            LOG.warn("ftp server: no TLS with {}: {}", peer(session), innermost(cause));
        } else {
            LOG.debug("ftp server: session of {} broke off", peer(session), cause);
        }
        session.closeNow();
    }

    private static String peer(IoSession session) {
        return session.getRemoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "a device that is gone";
    }

    private static String innermost(Throwable cause) {
        Throwable inner = cause;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        String said = String.valueOf(inner.getMessage());
        return said.contains("certificate_unknown") || said.contains("unknown_ca")
                ? said
                        + " (the device does not trust our certificate: give it the authority's, or check the name it connects to)"
                : said;
    }
}
