package org.mailchute.gateway;

import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.deployers.impl.FileConfigurationParser;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;
import org.mailchute.broker.BrokerTls;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.RenewedTls;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.FreePort;
import org.mailchute.testing.Patience;

/** An Artemis server that is not the gateway's: its own disk and port, TLS and logins, set up by a broker.xml. */
public final class OtherMachine implements AutoCloseable {
    /** What {@code deploy/artemis/mailchute.xml} tells the administrator to have. */
    public static final Path FRAGMENT = Path.of("deploy/artemis/mailchute.xml");

    private static final String CORE = """
            <core xmlns="urn:activemq:core"><name>other</name><persist-id-cache>true</persist-id-cache>\
            <id-cache-size>20000</id-cache-size><temporary-queue-namespace>temporary</temporary-queue-namespace>\
            <configuration-file-refresh-period>-1</configuration-file-refresh-period>""";

    private final Path disk;
    private final String xml;
    private final int port;
    private final CertificateFiles certificate;
    private EmbeddedActiveMQ server = new EmbeddedActiveMQ();

    /** @param xml its broker.xml, from {@code <core>} on */
    OtherMachine(Path disk, Certificates authority, String xml) throws Exception {
        this.disk = Files.createDirectories(disk);
        this.xml = xml;
        this.port = FreePort.number();
        X509Bundle own = authority.server("localhost");
        this.certificate = new CertificateFiles.Pem(
                Files.writeString(disk.resolve("chain.pem"), own.getCertificatePEM()),
                Files.writeString(disk.resolve("key.pem"), own.getPrivateKeyPEM()));
    }

    /** As the fragment says. */
    public static OtherMachine prepared(Path disk, Certificates authority) throws Exception {
        return with(disk, authority, Files.readString(FRAGMENT));
    }

    /** @param fragment what the administrator made of the fragment */
    public static OtherMachine with(Path disk, Certificates authority, String fragment) throws Exception {
        return new OtherMachine(
                disk,
                authority,
                fragment.replaceFirst("(?s).*?<core xmlns[^>]*>", java.util.regex.Matcher.quoteReplacement(CORE)));
    }

    public OtherMachine start() throws Exception {
        Configuration configuration = new FileConfigurationParser()
                .parseMainConfig(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        Map<String, Object> acceptor = new HashMap<>();
        acceptor.put(TransportConstants.HOST_PROP_NAME, "127.0.0.1");
        acceptor.put(TransportConstants.PORT_PROP_NAME, port);
        BrokerTls.server(acceptor, new RenewedTls(Optional.empty(), Optional.of(certificate), Clock.systemUTC()));
        configuration
                .setJournalDirectory(disk.resolve("journal").toString())
                .setBindingsDirectory(disk.resolve("bindings").toString())
                .setLargeMessagesDirectory(disk.resolve("large").toString())
                .setPagingDirectory(disk.resolve("paging").toString())
                .setJournalFileSize(1 << 20)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration(
                        new TransportConfiguration(NettyAcceptorFactory.class.getName(), acceptor, "tls"));
        server = new EmbeddedActiveMQ();
        server.setConfiguration(configuration);
        server.setSecurityManager(new Logins());
        server.start();
        server.getActiveMQServer().waitForActivation(Patience.MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    public ActiveMQServer server() {
        return server.getActiveMQServer();
    }

    /** Connections are cut as a broken network or the broker itself cuts them. */
    void cut(Predicate<RemotingConnection> which) {
        server().getRemotingService().getConnections().stream()
                .filter(which)
                .forEach(connection -> connection.fail(new ActiveMQException("cut by the test")));
    }

    public int port() {
        return port;
    }

    void stop() throws Exception {
        server.stop();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }

    /** User, password and role: one word each. */
    private static final class Logins implements ActiveMQSecurityManager {
        private static final Map<String, String> ROLES = Map.of("gateway", "mailchute", "billing", "applications");

        @Override
        public boolean validateUser(String user, String password) {
            return user != null && ROLES.containsKey(user) && (user + "-secret").equals(password);
        }

        @Override
        public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType act) {
            return validateUser(user, password)
                    && roles.stream().anyMatch(role -> role.getName().equals(ROLES.get(user)) && act.hasRole(role));
        }
    }
}
