package org.mailchute.intakes;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.util.StringHelper;
import org.mailchute.polled.PolledServer;
import org.mailchute.polled.PolledSftp;
import org.mailchute.polled.SftpLogin;

/** camel-ftp's SFTP for one server, with {@link PolledSftp} in the place of its operations. */
@Component("sftp")
final class SftpServer extends SftpComponent {
    private final PolledServer polled;
    private final List<String> fingerprints;

    SftpServer(CamelContext context, PolledServer polled, List<String> fingerprints) {
        super(context);
        this.polled = polled;
        this.fingerprints = fingerprints;
    }

    @Override
    protected GenericFileEndpoint<SftpRemoteFile> buildFileEndpoint(
            String uri, String remaining, Map<String, Object> parameters) throws Exception {
        return new Endpoint(uri, this, new SftpConfiguration(new URI(StringHelper.before(uri, "?", uri))));
    }

    private static final class Endpoint extends SftpEndpoint {
        private final SftpServer server;

        Endpoint(String uri, SftpServer server, SftpConfiguration configuration) {
            super(uri, server, configuration);
            this.server = server;
        }

        @Override
        public RemoteFileOperations<SftpRemoteFile> createRemoteFileOperations() {
            return new PolledSftp(this, server.polled, SftpLogin.of(server.fingerprints));
        }
    }
}
