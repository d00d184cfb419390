package org.mailchute.boot;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.util.StringHelper;
import org.mailchute.intake.Shown;
import org.mailchute.steps.FileRefused;

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
        /** Where the server says so: JSch's own failures have a cause. OpenSSH says just "failure" of a read-only disk. */
        private static final Set<Integer> ABOUT_A_FILE = Set.of(
                ChannelSftp.SSH_FX_NO_SUCH_FILE,
                ChannelSftp.SSH_FX_PERMISSION_DENIED,
                ChannelSftp.SSH_FX_FAILURE,
                ChannelSftp.SSH_FX_BAD_MESSAGE,
                ChannelSftp.SSH_FX_OP_UNSUPPORTED);

        private final List<String> fingerprints;

        Operations(List<String> fingerprints) {
            this.fingerprints = fingerprints;
        }

        @Override
        public boolean retrieveFile(String name, Exchange exchange, long size) {
            try {
                return super.retrieveFile(name, exchange, size);
            } catch (GenericFileOperationFailedException e) {
                throw refusal(e).orElse(e);
            }
        }

        @Override
        public boolean deleteFile(String name) {
            try {
                return super.deleteFile(name);
            } catch (GenericFileOperationFailedException e) {
                throw refusal(e).orElse(e);
            }
        }

        private static Optional<GenericFileOperationFailedException> refusal(GenericFileOperationFailedException e) {
            return Optional.of(e)
                    .map(Throwable::getCause)
                    .filter(SftpException.class::isInstance)
                    .map(SftpException.class::cast)
                    .filter(said -> said.getCause() == null && ABOUT_A_FILE.contains(said.id))
                    .map(said -> new FileRefused(
                            said.id + " " + Shown.line(String.valueOf(said.getMessage())),
                            said.id == ChannelSftp.SSH_FX_FAILURE));
        }

        @Override
        protected Session createSession(RemoteFileConfiguration configuration) throws JSchException {
            Session session = super.createSession(configuration);
            session.setHostKeyRepository(new KnownServer(fingerprints, session.getHostKeyRepository()));
            return session;
        }
    }
}
