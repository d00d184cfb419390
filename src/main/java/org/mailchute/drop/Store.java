package org.mailchute.drop;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.DataConnection;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.impl.IODataConnectionFactory;
import org.apache.ftpserver.impl.ServerDataConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * STOR, STOU and APPE. The reply 226 promises that the scan is on disk under its name (promise P2). Octets are kept as they
 * come, whatever TYPE says: devices that forget TYPE I would have their scans mangled.
 *
 * @param go is said before the transfer, with the file's name for {@code %s}
 */
record Store(Begin begin, String go, boolean tlsRequired) implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    /** What an upload begins with. */
    @FunctionalInterface
    interface Begin {
        Upload upload(DropView view, String argument) throws IOException;
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        try {
            FtpReply.say(session, reply(session, request));
        } finally {
            session.resetState();
            session.getDataConnection().closeDataConnection();
        }
    }

    private FtpReply reply(FtpIoSession session, FtpRequest request) {
        ServerDataConnectionFactory data = session.getDataConnection();
        if (data instanceof IODataConnectionFactory factory && factory.getInetAddress() == null) {
            return new FtpReply(503, "PASV, EPSV or PORT must come first.");
        }
        if (tlsRequired && !data.isSecure()) {
            return new FtpReply(521, "This server takes scans over TLS only: send PROT P first.");
        }
        String argument = request.hasArgument() ? request.getArgument() : "";
        try (Upload upload = begin.upload((DropView) session.getFileSystemView(), argument)) {
            return transfer(session, data, upload);
        } catch (DropRefused e) {
            LOG.warn(
                    "ftp server: user={} from {}: \"{}\": {} {}",
                    user(session),
                    peer(session),
                    argument,
                    e.code(),
                    e.reason());
            return new FtpReply(e.code(), e.reason());
        } catch (IOException e) {
            LOG.error("ftp server: user={}: the scan cannot be written: {}", user(session), e.toString());
            return new FtpReply(DropRefused.NO_SPACE, "The server cannot write it now. Send it again later.");
        }
    }

    private FtpReply transfer(FtpIoSession session, ServerDataConnectionFactory data, Upload upload)
            throws IOException {
        DropSession visit = DropSession.of(session);
        visit.uploadBegins();
        FtpReply reply;
        boolean cancelled;
        try {
            reply = transfer(session, data, upload, visit);
        } finally {
            cancelled = visit.uploadEnds();
        }
        if (cancelled) {
            return told(session, new FtpReply(426, "The device cancelled it; the file is not kept."));
        }
        return reply.code() == 226 ? kept(session, upload) : told(session, reply);
    }

    /** @return 226 when all of it is on disk */
    private FtpReply transfer(FtpIoSession session, ServerDataConnectionFactory data, Upload upload, DropSession visit)
            throws IOException {
        FtpReply.say(session, new FtpReply(150, go.formatted(upload.name())));
        DataConnection connection;
        try {
            connection = data.openConnection();
        } catch (Exception e) {
            return new FtpReply(425, "The data connection cannot be opened.");
        }
        session.setDataType(DataType.BINARY);
        try {
            connection.transferFromClient(session.getFtpletSession(), visit.goingOn(upload));
        } catch (IOException e) {
            if (upload.fault().isPresent()) {
                throw upload.fault().get();
            }
            return new FtpReply(426, "The data connection broke off; the file is not kept. Send it again.");
        }
        upload.sync();
        return new FtpReply(226, "All of it came.");
    }

    /** A device that is gone cannot hear that its scan is safe: it may have died in the middle of it, and sends it again. */
    private static FtpReply kept(FtpIoSession session, Upload upload) throws IOException {
        if (!session.isConnected()) {
            return told(session, new FtpReply(426, "The session ended before the file did; the file is not kept."));
        }
        String name = upload.keep();
        LOG.debug(
                "ftp server: user={} from {}: file=\"{}\" {} bytes", user(session), peer(session), name, upload.size());
        return upload.size() == 0
                ? told(session, new FtpReply(226, "Nothing came, so nothing is kept."))
                : new FtpReply(226, "The file is safe.");
    }

    private static FtpReply told(FtpIoSession session, FtpReply reply) {
        LOG.warn("ftp server: user={} from {}: {} {}", user(session), peer(session), reply.code(), reply.text());
        return reply;
    }

    private static String user(FtpIoSession session) {
        return session.getUser().getName();
    }

    private static String peer(FtpIoSession session) {
        return session.getRemoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "a device that is gone";
    }
}
