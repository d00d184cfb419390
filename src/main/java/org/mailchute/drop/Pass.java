package org.mailchute.drop;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PASS. One device, or who has its password, does not take all the logins that there are: others save too. */
record Pass(Command login, DropUsers users) implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
            throws IOException, FtpException {
        String name = session.getUserArgument();
        DropUser user = name == null || session.isLoggedIn() ? null : users.getUserByName(name);
        if (user == null || !DropUsers.right(user, request.getArgument())) {
            login.execute(session, context, request); // no place is taken: who guesses waits long for the answer
        } else if (user.places().tryAcquire()) {
            logIn(session, context, request, user.places());
        } else {
            LOG.warn(
                    "ftp server: user={} from {} has all sessions that one device may have: see what leaves them open there,"
                            + " or raise maxLogins",
                    user.getName(),
                    SessionTrouble.peer(session));
            FtpReply.say(session, new FtpReply(421, "This device has too many sessions: close some, and try again."));
            session.close(false);
        }
    }

    private void logIn(FtpIoSession session, FtpServerContext context, FtpRequest request, Semaphore places)
            throws IOException, FtpException {
        try {
            login.execute(session, context, request);
        } finally {
            if (session.isLoggedIn()) {
                session.getCloseFuture().addListener(closed -> places.release());
            } else {
                places.release();
            }
        }
    }
}
