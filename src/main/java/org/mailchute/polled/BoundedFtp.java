package org.mailchute.polled;

import java.io.IOException;
import java.io.Reader;
import java.net.Socket;
import org.apache.commons.net.ftp.FTPClient;
import org.jspecify.annotations.Nullable;

/** FTP with a server whose replies and listings have an end. */
public final class BoundedFtp extends FTPClient implements Bounds.Bounded {
    private final Bounds bounds = new Bounds();

    public BoundedFtp() {
        addProtocolCommandListener(bounds);
        setStrictReplyParsing(false); // a code without text is an answer
    }

    @Override
    public Bounds bounds() {
        return bounds;
    }

    @Override
    protected void _connectAction_(@Nullable Reader ignored) throws IOException {
        super._connectAction_(bounds.replies(_socket_, getControlEncoding()));
        // what the server says of UTF-8 has made another reader
        _controlInput_ = bounds.lines(_socket_, getControlEncoding());
    }

    @Override
    protected @Nullable Socket _openDataConnection_(String command, String argument) throws IOException {
        return bounds.open(this, command, () -> super._openDataConnection_(command, argument));
    }
}
