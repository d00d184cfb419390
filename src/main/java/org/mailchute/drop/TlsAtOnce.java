package org.mailchute.drop;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IoSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device that begins TLS at once where FTP begins in plain text would wait for a reply that never comes, as no line of its
 * ever ends. Looks at the first octets of a session, and leaves it.
 */
final class TlsAtOnce extends IoFilterAdapter {
    static final String NAME = "tls at once";
    private static final Logger LOG = LoggerFactory.getLogger(TlsAtOnce.class);
    /** The content type of a handshake (RFC 8446 section 5.1); no command begins so. */
    private static final byte HANDSHAKE = 0x16;

    @Override
    public void messageReceived(NextFilter next, IoSession session, Object message) {
        if (!(message instanceof IoBuffer octets) || !octets.hasRemaining()) {
            next.messageReceived(session, message);
            return;
        }
        session.getFilterChain().remove(NAME);
        if (octets.get(octets.position()) == HANDSHAKE) {
            DropSession.of(session).tell("tls at once", more -> tell(session, more));
            session.closeNow();
        } else {
            next.messageReceived(session, message);
        }
    }

    private static void tell(IoSession session, String more) {
        LOG.warn(
                "ftp server: {} begins TLS at once on the port of explicit FTPS: set it to explicit FTPS (AUTH TLS), or give"
                        + " it the implicitPort of ftp-server{}",
                SessionTrouble.peer(session),
                more);
    }
}
