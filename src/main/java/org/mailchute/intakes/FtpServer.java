package org.mailchute.intakes;

import java.net.URI;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.remote.FtpComponent;
import org.apache.camel.component.file.remote.FtpConfiguration;
import org.apache.camel.component.file.remote.FtpEndpoint;
import org.apache.camel.component.file.remote.FtpOperations;
import org.apache.camel.component.file.remote.FtpUtils;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.spi.annotations.Component;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.mailchute.polled.Listings;
import org.mailchute.polled.PolledFtp;
import org.mailchute.polled.PolledServer;

/** camel-ftp's FTP for one server, with {@link PolledFtp} in the place of its operations, and a client of our own. */
@Component("ftp")
final class FtpServer extends FtpComponent {
    private final PolledServer polled;
    private final Client client;
    private final Listings.Way listings;

    /** Plain or over TLS. */
    @FunctionalInterface
    interface Client {
        FTPClient open();
    }

    FtpServer(CamelContext context, PolledServer polled, Client client, Listings.Way listings) {
        super(context);
        this.polled = polled;
        this.client = client;
        this.listings = listings;
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
            return server.client.open();
        }

        @Override
        public RemoteFileOperations<FTPFile> createRemoteFileOperations() throws Exception {
            FTPClient configured = ((FtpOperations) super.createRemoteFileOperations()).getClient();
            PolledFtp operations = new PolledFtp(configured, getFtpClientConfig(), server.polled, server.listings);
            operations.setEndpoint(this);
            return operations;
        }
    }
}
