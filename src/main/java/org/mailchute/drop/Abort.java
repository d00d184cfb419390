package org.mailchute.drop;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IoSession;

/**
 * Hears ABOR while an upload is under way (RFC 959 section 4.1.3): the server itself reads a session's commands one after another, and so this
 * one when it is too late (findings/ftpserver-hears-abor-too-late.sh). Sees octets as they come, in no thread of the session's.
 */
final class Abort extends IoFilterAdapter {
    static final String NAME = "abort";
    /** Clients put octets of Telnet before it, and the last of its line may get lost as urgent. */
    private static final Pattern LINE =
            Pattern.compile("(?:^|[\\n\\x80-\\xff])ABOR(?:[\\r\\n]|$)", Pattern.CASE_INSENSITIVE);

    @Override
    public void messageReceived(NextFilter next, IoSession session, Object message) {
        DropSession visit = DropSession.of(session);
        if (message instanceof IoBuffer octets
                && visit.uploading()
                && LINE.matcher(text(octets)).find()) {
            visit.cancel();
        }
        next.messageReceived(session, message);
    }

    private static String text(IoBuffer octets) {
        return StandardCharsets.ISO_8859_1.decode(octets.duplicate().buf()).toString();
    }
}
