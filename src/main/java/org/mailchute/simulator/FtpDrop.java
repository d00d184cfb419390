package org.mailchute.simulator;

import java.nio.file.Path;
import java.util.List;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpStatistics;
import org.apache.ftpserver.impl.DefaultFtpServer;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** An FTP server on loopback with one user and one folder: the drop that a scanner saves to, for demo and tests. */
public final class FtpDrop implements AutoCloseable {
    private final FtpServer server;
    private final Listener listener;

    private FtpDrop(FtpServer server, Listener listener) {
        this.server = server;
        this.listener = listener;
    }

    /** Plain FTP. */
    public static FtpDrop start(Path folder, String user, String password) throws FtpException {
        return start(folder, user, password, new ListenerFactory());
    }

    /**
     * FTPS (RFC 4217), with the key in a PKCS#12 or JKS file.
     *
     * @param implicit with TLS from the first octet
     */
    public static FtpDrop startTls(
            Path folder, String user, String password, Path keyStore, String keyStorePassword, boolean implicit)
            throws FtpException {
        SslConfigurationFactory tls = new SslConfigurationFactory();
        tls.setKeystoreFile(keyStore.toFile());
        tls.setKeystorePassword(keyStorePassword);
        ListenerFactory listener = new ListenerFactory();
        listener.setSslConfiguration(tls.createSslConfiguration());
        listener.setImplicitSsl(implicit);
        return start(folder, user, password, listener);
    }

    private static FtpDrop start(Path folder, String user, String password, ListenerFactory factory)
            throws FtpException {
        factory.setServerAddress("127.0.0.1");
        factory.setPort(0);
        Listener listener = factory.createListener();
        FtpServerFactory server = new FtpServerFactory();
        server.addListener("default", listener);
        BaseUser scanner = new BaseUser();
        scanner.setName(user);
        scanner.setPassword(password);
        scanner.setHomeDirectory(folder.toAbsolutePath().toString());
        scanner.setAuthorities(List.of(new WritePermission()));
        server.getUserManager().save(scanner);
        FtpServer started = server.createServer();
        started.start();
        return new FtpDrop(started, listener);
    }

    /** The port it listens on. */
    public int port() {
        return listener.getPort();
    }

    /** Connections so far, whatever became of them. */
    public int sessions() {
        return statistics().getTotalConnectionNumber();
    }

    /** Logins so far, successful or not. */
    public int logins() {
        return statistics().getTotalLoginNumber() + statistics().getTotalFailedLoginNumber();
    }

    private FtpStatistics statistics() {
        return ((DefaultFtpServer) server).getServerContext().getFtpStatistics();
    }

    @Override
    public void close() {
        server.stop();
    }
}
