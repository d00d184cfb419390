package org.mailchute.boot;

import java.net.URI;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.remote.CamelFTPParserFactory;
import org.apache.camel.component.file.remote.FtpComponent;
import org.apache.camel.component.file.remote.FtpConfiguration;
import org.apache.camel.component.file.remote.FtpEndpoint;
import org.apache.camel.component.file.remote.FtpOperations;
import org.apache.camel.component.file.remote.FtpUtils;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.spi.annotations.Component;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.mailchute.polled.Site;
import org.mailchute.steps.PolledFtp;

/** camel-ftp's FTP for one server, with {@link PolledFtp} in the place of its operations, and a client of our own. */
@Component("ftp")
final class FtpServer extends FtpComponent {
    private final Site site;
    private final Client client;

    /** Plain or over TLS. */
    @FunctionalInterface
    interface Client {
        FTPClient open();
    }

    FtpServer(CamelContext context, Site site, Client client) {
        super(context);
        this.site = site;
        this.client = client;
    }

    @Override
    protected GenericFileEndpoint<FTPFile> buildFileEndpoint(
            String uri, String remaining, Map<String, Object> parameters) throws Exception {
        FtpConfiguration configuration = new FtpConfiguration(new URI(getBaseUri(uri)));
        FtpUtils.ensureRelativeFtpDirectory(this, configuration);
        Endpoint endpoint = new Endpoint(uri, this, configuration);
        extractAndSetFtpClientParameters(parameters, endpoint);
        return endpoint;
    }

    private static final class Endpoint extends FtpEndpoint<FTPFile> {
        private final FtpServer server;

        Endpoint(String uri, FtpServer server, FtpConfiguration configuration) {
            super(uri, server, configuration);
            this.server = server;
        }

        @Override
        protected FTPClient createFtpClient() {
            FTPClient client = server.client.open();
            client.setParserFactory(new CamelFTPParserFactory(getCamelContext().getClassResolver()));
            return client;
        }

        @Override
        public RemoteFileOperations<FTPFile> createRemoteFileOperations() throws Exception {
            FTPClient configured = ((FtpOperations) super.createRemoteFileOperations()).getClient();
            PolledFtp operations = new PolledFtp(configured, getFtpClientConfig(), server.site);
            operations.setEndpoint(this);
            return operations;
        }
    }
}
