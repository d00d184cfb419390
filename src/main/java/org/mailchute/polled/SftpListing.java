package org.mailchute.polled;

import com.jcraft.jsch.ChannelSftp;
import java.util.ArrayList;
import java.util.List;

/** A listing that has an end: a server could name files for ever. */
final class SftpListing implements ChannelSftp.LsEntrySelector {
    private final List<ChannelSftp.LsEntry> entries = new ArrayList<>();
    private long octets;

    @Override
    public int select(ChannelSftp.LsEntry entry) {
        octets += entry.getFilename().length() + entry.getLongname().length();
        if (!entry.getFilename().matches("\\.\\.?")) {
            entries.add(entry);
        }
        return isTooLong() ? BREAK : CONTINUE;
    }

    private boolean isTooLong() {
        return octets > BoundedListing.MOST || entries.size() > BoundedListing.LINES;
    }

    /** @throws TooMuchSaid when there are more */
    List<ChannelSftp.LsEntry> entries() throws TooMuchSaid {
        if (isTooLong()) {
            throw BoundedListing.tooLong();
        }
        return entries;
    }
}
