package org.mailchute.polled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.remote.FtpConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What came of a file that did not come whole. */
final class FetchedHalf {
    private static final Logger LOG = LoggerFactory.getLogger(FetchedHalf.class);

    private FetchedHalf() {}

    static void forget(Exchange exchange) {
        String path = exchange.getIn().getHeader(FtpConstants.FILE_LOCAL_WORK_PATH, String.class);
        if (path != null) {
            forget(Path.of(path + ".inprogress"));
        }
    }

    static void forget(Path half) {
        try {
            Files.deleteIfExists(half);
        } catch (IOException e) {
            LOG.warn("{} stays until the next start: {}", half, e.toString());
        }
    }
}
