package org.mailchute.polled;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.FtpConstants;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.component.file.remote.SftpRemoteFileJCraft;
import org.jspecify.annotations.Nullable;
import org.mailchute.intake.Shown;

/**
 * camel-ftp's SFTP with sessions of our own: camel-ftp keeps its channel to itself, follows links, and lets a server list and
 * send as much as it likes.
 */
public final class PolledSftp extends SftpOperations {
    /** Where the server says so: JSch's own failures have a cause. OpenSSH says just "failure" of a read-only disk. */
    private static final Set<Integer> ABOUT_A_FILE = Set.of(
            ChannelSftp.SSH_FX_NO_SUCH_FILE,
            ChannelSftp.SSH_FX_PERMISSION_DENIED,
            ChannelSftp.SSH_FX_FAILURE,
            ChannelSftp.SSH_FX_BAD_MESSAGE,
            ChannelSftp.SSH_FX_OP_UNSUPPORTED);

    private final SftpEndpoint endpoint;
    private final PolledServer server;
    private final SftpLogin login;
    private @Nullable SftpSession session;

    public PolledSftp(SftpEndpoint endpoint, PolledServer server, SftpLogin login) {
        this.endpoint = endpoint;
        this.server = server;
        this.login = login;
        setEndpoint(endpoint);
    }

    @Override
    public boolean connect(RemoteFileConfiguration configuration, @Nullable Exchange exchange) {
        if (isConnected()) {
            return true;
        }
        try {
            SftpSession opened = login.open(() -> createSession(configuration));
            String charset = ((SftpConfiguration) configuration).getFilenameEncoding();
            if (charset != null) {
                opened.speak(Charset.forName(charset));
            }
            session = opened;
            return true;
        } catch (UnknownServer e) {
            throw new ServerTrouble(e.getMessage(), e);
        } catch (JSchException e) {
            throw new GenericFileOperationFailedException(
                    "Cannot connect to " + server.site().label(), e);
        }
    }

    @Override
    public boolean isConnected() {
        return session != null && session.isAlive();
    }

    @Override
    public void disconnect() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    @Override
    public void forceDisconnect() {
        disconnect();
    }

    @Override
    public boolean sendNoop() {
        try {
            session().sendKeepAlive();
            return isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private SftpSession session() throws IOException {
        if (session == null || !session.isAlive()) {
            throw new IOException("the connection is not there any more");
        }
        return session;
    }

    @Override
    public SftpRemoteFile[] listFiles(@Nullable String folder) {
        try {
            return session().list(folder == null ? "" : folder).stream()
                    .filter(this::isNoLink)
                    .map(SftpRemoteFileJCraft::new)
                    .toArray(SftpRemoteFile[]::new);
        } catch (TooMuchSaid e) {
            disconnect();
            throw new ServerTrouble(e.getMessage(), e);
        } catch (SftpException | IOException e) {
            throw new GenericFileOperationFailedException("Cannot list directory: " + folder, e);
        }
    }

    /** What has no type, as on Windows, is taken for a file. */
    private boolean isNoLink(ChannelSftp.LsEntry entry) {
        SftpATTRS is = entry.getAttrs();
        boolean typed =
                (is.getFlags() & SftpATTRS.SSH_FILEXFER_ATTR_PERMISSIONS) != 0 && is.getPermissions() >> 12 != 0;
        boolean link = typed && !is.isReg() && !is.isDir();
        if (link) {
            server.skipsLink(entry.getFilename());
        }
        return !link;
    }

    @Override
    public boolean retrieveFile(String name, Exchange exchange, long size) {
        GenericFile<?> file = exchange.getProperty(FileComponent.FILE_EXCHANGE_FILE, GenericFile.class);
        Path local = Path.of(endpoint.getLocalWorkDirectory(), file.getRelativeFilePath());
        boolean whole = false;
        try {
            fetch(name, local, size);
            whole = true;
        } catch (FileWithoutEnd e) {
            throw new FileWithheld(e.getMessage(), e);
        } catch (SftpException | IOException e) {
            throw refusal("Cannot retrieve file: " + name, e);
        } finally {
            if (!whole) {
                FetchedHalf.forget(local);
            }
        }
        exchange.getIn().setHeader(FtpConstants.FILE_LOCAL_WORK_PATH, local.toString());
        file.setBody(local.toFile());
        return true;
    }

    private void fetch(String name, Path local, long size) throws IOException, SftpException {
        Files.createDirectories(local.getParent());
        try (OutputStream into = Files.newOutputStream(local)) {
            session().get(name, into, server.most(size));
        }
    }

    @Override
    public boolean deleteFile(String name) {
        connect(endpoint.getConfiguration(), null);
        try {
            session().delete(name);
            return true;
        } catch (SftpException | IOException e) {
            throw refusal("Cannot delete file: " + name, e);
        }
    }

    private static GenericFileOperationFailedException refusal(String what, Exception e) {
        return e instanceof SftpException said && said.getCause() == null && ABOUT_A_FILE.contains(said.id)
                ? new FileRefused(
                        said.id + " " + Shown.line(String.valueOf(said.getMessage())),
                        said.id == ChannelSftp.SSH_FX_FAILURE)
                : new GenericFileOperationFailedException(what, e);
    }
}
