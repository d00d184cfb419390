package org.mailchute.drop;

import java.io.IOException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands that make, change or end names: RNTO, MKD, DELE, RMD. A name that cannot be is refused with its reason. */
record Naming(Act act) implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(Naming.class);

    /** What is done. */
    @FunctionalInterface
    interface Act {
        FtpReply done(FtpIoSession session, DropView view, DropPath path) throws IOException;
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        FtpReply.say(session, reply(session, request));
        session.resetState();
    }

    private FtpReply reply(FtpIoSession session, FtpRequest request) {
        if (!request.hasArgument()) {
            return new FtpReply(501, "A name is missing.");
        }
        DropView view = (DropView) session.getFileSystemView();
        try {
            return act.done(session, view, view.path(request.getArgument()));
        } catch (DropRefused e) {
            LOG.warn(
                    "ftp server: user={}: {} \"{}\": {} {}",
                    session.getUser().getName(),
                    request.getCommand(),
                    request.getArgument(),
                    e.code(),
                    e.reason());
            return new FtpReply(e.code(), e.reason());
        } catch (IOException e) {
            LOG.error("ftp server: {} failed: {}", request.getCommand(), e.toString());
            return new FtpReply(DropRefused.NOT_AVAILABLE, "The server cannot do that now.");
        }
    }

    static FtpReply renamed(FtpIoSession session, DropView view, DropPath to) throws IOException {
        if (!(session.getRenameFrom() instanceof DropFile from)) {
            return new FtpReply(503, "RNFR must come first.");
        }
        view.folder().rename(from.path(), to);
        return new FtpReply(250, "It has its new name.");
    }

    static FtpReply deleted(FtpIoSession session, DropView view, DropPath path) throws IOException {
        view.folder().delete(path);
        return new FtpReply(250, "It is gone.");
    }

    static FtpReply folderRemoved(FtpIoSession session, DropView view, DropPath path) throws IOException {
        view.folder().removeFolder(path);
        return new FtpReply(250, "It is gone.");
    }

    static FtpReply folderMade(FtpIoSession session, DropView view, DropPath path) throws IOException {
        view.folder().makeFolder(path);
        return new FtpReply(257, '"' + path.toString() + "\" is made.");
    }
}
