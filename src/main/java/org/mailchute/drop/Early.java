package org.mailchute.drop;

import java.util.Set;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.impl.DefaultFtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IoSession;

/**
 * Answers before the login what some devices ask then: FEAT, where one learns that it may begin TLS (RFC 4217 section 6), and SYST. The
 * server's own handler wants a login first.
 */
final class Early extends IoFilterAdapter {
    private static final Set<String> NAMES = Set.of("FEAT", "SYST");

    private final CommandFactory commands;

    Early(CommandFactory commands) {
        this.commands = commands;
    }

    @Override
    public void messageReceived(NextFilter next, IoSession session, Object line) throws Exception {
        DefaultFtpRequest request = new DefaultFtpRequest(line.toString());
        FtpIoSession ftp = new FtpIoSession(session, null);
        if (NAMES.contains(request.getCommand()) && !ftp.isLoggedIn()) {
            commands.getCommand(request.getCommand()).execute(ftp, null, request);
        } else {
            next.messageReceived(session, line);
        }
    }
}
