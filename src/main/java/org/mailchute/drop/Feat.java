package org.mailchute.drop;

import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.impl.DefaultFtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IoSession;

/**
 * Answers FEAT before the login, where a device learns that it may begin TLS (RFC 4217 section 6). The server's own handler wants a login
 * first.
 */
final class Feat extends IoFilterAdapter {
    private final Command command;

    Feat(Command command) {
        this.command = command;
    }

    @Override
    public void messageReceived(NextFilter next, IoSession session, Object line) throws Exception {
        DefaultFtpRequest request = new DefaultFtpRequest(line.toString());
        FtpIoSession ftp = new FtpIoSession(session, null);
        if (request.getCommand().equals("FEAT") && !ftp.isLoggedIn()) {
            command.execute(ftp, null, request);
        } else {
            next.messageReceived(session, line);
        }
    }
}
