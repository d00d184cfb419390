package org.mailchute.boot;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.util.StringHelper;

/**
 * camel-ftp's SFTP for one server, known by its fingerprint or a known_hosts file. camel-ftp itself knows only such files, and
 * does not say which key it saw.
 */
@Component("sftp")
final class SftpServer extends SftpComponent {
    private final List<String> fingerprints;

    SftpServer(CamelContext context, List<String> fingerprints) {
        super(context);
        this.fingerprints = fingerprints;
    }

    @Override
    protected GenericFileEndpoint<SftpRemoteFile> buildFileEndpoint(
            String uri, String remaining, Map<String, Object> parameters) throws Exception {
        return new Endpoint(uri, this, new SftpConfiguration(new URI(StringHelper.before(uri, "?", uri))));
    }

    private static final class Endpoint extends SftpEndpoint {
        private final List<String> fingerprints;

        Endpoint(String uri, SftpServer component, SftpConfiguration configuration) {
            super(uri, component, configuration);
            this.fingerprints = component.fingerprints;
        }

        @Override
        public RemoteFileOperations<SftpRemoteFile> createRemoteFileOperations() {
            SftpOperations operations = new Operations(fingerprints);
            operations.setEndpoint(this);
            return operations;
        }
    }

    private static final class Operations extends SftpOperations {
        private final List<String> fingerprints;

        Operations(List<String> fingerprints) {
            this.fingerprints = fingerprints;
        }

        @Override
        protected Session createSession(RemoteFileConfiguration configuration) throws JSchException {
            Session session = super.createSession(configuration);
            session.setHostKeyRepository(new KnownServer(fingerprints, session.getHostKeyRepository()));
            return session;
        }
    }
}
