package org.mailchute.polled;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.FtpOperations;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPClientConfig;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPFileFilters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * camel-ftp's FTP with every answer of the server looked at. commons-net gives an empty listing for a refused one, and camel-ftp
 * keeps most replies to itself.
 */
public final class PolledFtp extends FtpOperations {
    private static final Logger LOG = LoggerFactory.getLogger(PolledFtp.class);
    /** A server that breaks a data connection off says so at once. */
    private static final int SAYS_WHY_MILLIS = 10_000;

    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")+)\"");

    private final PolledServer server;
    private final Site site;
    private final Bounds bounds;
    private final Conversation talk = new Conversation();
    private final Listings listings;
    private @Nullable String landing;
    private @Nullable ServerTrouble lost;

    public PolledFtp(FTPClient client, @Nullable FTPClientConfig config, PolledServer server, Listings.Way way) {
        super(client, config);
        this.server = server;
        this.site = server.site();
        this.bounds = Bounds.of(client);
        this.listings = new Listings(client, talk, way);
        client.addProtocolCommandListener(talk);
    }

    @Override
    public boolean connect(RemoteFileConfiguration configuration, @Nullable Exchange exchange) {
        hangUp();
        talk.opening();
        try {
            boolean connected = super.connect(configuration, exchange);
            talk.refusal().map(this::trouble).ifPresent(this::refuse);
            landing = site.folder().isEmpty() ? null : landing();
            listings.opened();
            lost = null;
            return connected;
        } catch (ServerTrouble e) {
            throw e;
        } catch (GenericFileOperationFailedException e) {
            if (e.getCause() instanceof TooMuchSaid tooMuch) {
                throw trouble(tooMuch);
            }
            throw talk.refusal()
                    .<GenericFileOperationFailedException>map(answer -> new ServerTrouble(site.tells(answer), e))
                    .orElse(e);
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private void refuse(ServerTrouble trouble) {
        throw trouble;
    }

    private ServerTrouble trouble(FtpAnswer answer) {
        return new ServerTrouble(site.tells(answer));
    }

    /** camel-ftp would let go of a connection that it thinks is dead without closing it. */
    private void hangUp() {
        if (client.isConnected()) {
            try {
                client.disconnect();
            } catch (IOException e) {
                LOG.debug("{} was dead already", site.label(), e);
            }
        }
    }

    /** Somebody is there who knows no NOOP. */
    @Override
    public boolean sendNoop() {
        return super.sendNoop() || talk.latest().filter(FtpAnswer::alive).isPresent();
    }

    @Override
    public FTPFile[] listFiles(@Nullable String path) {
        try {
            return listing(path == null ? "" : path);
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    /** A quotation mark in it stands twice (RFC 959 appendix II); null where the server does not tell. */
    private @Nullable String landing() throws IOException {
        client.pwd();
        Matcher path = QUOTED.matcher(client.getReplyString());
        return path.find() ? path.group(1).replace("\"\"", "\"") : null;
    }

    /**
     * vsftpd and others list a folder that is not there, or closed to this user, as an empty one, and Pure-FTPd one with a blank in its
     * name (findings/pure-ftpd-lists-no-folder-with-a-blank.sh).
     */
    private FTPFile[] listing(String path) throws IOException {
        FTPFile[] files = listed(path);
        String back = landing;
        if (files.length > 0 || path.isEmpty() || back == null || !goesTo(path)) {
            return files;
        }
        try {
            return path.contains(" ") ? listed("") : files;
        } finally {
            goesTo(back);
        }
    }

    private FTPFile[] listed(String path) throws IOException {
        FTPFile[] lines = listings.of(path);
        FtpAnswer said = talk.latest().orElseThrow();
        if (said.refused() && !said.meansEmpty()) {
            throw trouble(said);
        }
        FTPFile[] files =
                Stream.of(lines).filter(FTPFileFilters.NON_NULL::accept).toArray(FTPFile[]::new);
        Stream.of(files)
                .filter(file -> file.isSymbolicLink() || file.isUnknown())
                .map(FTPFile::getName)
                .forEach(server::skipsLink);
        if (files.length == 0 && lines.length > 0) {
            throw new ServerTrouble(
                    "its listing is in a form that is not known; let the server list as Unix does, or set"
                            + " listing: names");
        }
        return files;
    }

    private boolean goesTo(String folder) throws IOException {
        boolean goes = client.changeWorkingDirectory(folder);
        FtpAnswer said = talk.latest().orElseThrow();
        if (!goes && !said.unknownThere()) {
            throw trouble(said);
        }
        return goes;
    }

    @Override
    public boolean retrieveFile(String name, Exchange exchange, long size) {
        if (lost != null) {
            throw lost;
        }
        boolean whole = false;
        bounds.expectFile(server.most(size));
        try {
            whole = super.retrieveFile(name, exchange, size);
            if (whole) {
                return true;
            }
        } catch (GenericFileOperationFailedException e) {
            throw unread(e);
        } finally {
            if (!whole) {
                FetchedHalf.forget(exchange);
            }
        }
        FtpAnswer said = talk.latest().orElseThrow();
        throw said.aboutFile() ? new FileRefused(said.reply(), said.passing()) : trouble(said);
    }

    private GenericFileOperationFailedException unread(GenericFileOperationFailedException e) {
        Optional<FileWithoutEnd> endless = FileWithoutEnd.under(e);
        if (endless.isPresent()) {
            trouble(endless.get());
            return new FileWithheld(endless.get().getMessage(), e);
        }
        return e.getCode() != 0 && e.getCause() instanceof IOException broken ? trouble(broken) : e;
    }

    @Override
    public boolean deleteFile(String name) {
        try {
            if (super.deleteFile(name)) {
                return true;
            }
        } catch (GenericFileOperationFailedException e) {
            throw e.getCause() instanceof IOException broken ? trouble(broken) : e;
        }
        FtpAnswer said = talk.latest().orElseThrow();
        throw new FileRefused(said.reply(), said.passing());
    }

    /** What the server said of it tells more than what Java did. */
    private ServerTrouble trouble(IOException broken) {
        ServerTrouble trouble = new ServerTrouble(told(broken), broken);
        if (!client.isConnected()) {
            lost = trouble;
        }
        return trouble;
    }

    private String told(IOException broken) {
        if (broken instanceof TooMuchSaid) {
            hangUp();
            return words(broken);
        }
        if (!heardOut()) {
            hangUp();
        }
        Optional<FtpAnswer> said = talk.latest().filter(FtpAnswer::refused);
        return said.map(site::tells).orElseGet(() -> site.breaksOff(talk.command(), words(broken)));
    }

    /** Whether both sides agree on what was said last: it may still have to say how a transfer ended. */
    private boolean heardOut() {
        if (!talk.owesReply()) {
            return false;
        }
        try {
            client.setSoTimeout(SAYS_WHY_MILLIS);
            client.getReply();
            client.setSoTimeout(endpoint.getSoTimeout());
            return true;
        } catch (IOException e) {
            LOG.debug("{} does not say why", site.label(), e);
            return false;
        }
    }

    private static String words(IOException broken) {
        String message = broken.getMessage();
        return message == null ? broken.getClass().getSimpleName() : message;
    }
}
