package org.mailchute.drop;

import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;

/** One session's view of its device's folder, and the folder in it that it is in. */
final class DropView implements FileSystemView {
    private final DropFolder folder;
    private volatile DropPath working = DropPath.ROOT;

    DropView(DropFolder folder) {
        this.folder = folder;
    }

    DropFolder folder() {
        return folder;
    }

    DropPath path(String argument) throws DropRefused {
        return working.resolve(argument);
    }

    @Override
    public FtpFile getHomeDirectory() {
        return new DropFile(folder, DropPath.ROOT);
    }

    @Override
    public FtpFile getWorkingDirectory() {
        return new DropFile(folder, working);
    }

    @Override
    public boolean changeWorkingDirectory(String argument) {
        try {
            DropPath path = working.resolve(argument);
            if (!new DropFile(folder, path).isDirectory()) {
                return false;
            }
            working = path;
            return true;
        } catch (DropRefused e) {
            return false;
        }
    }

    @Override
    public FtpFile getFile(String argument) throws FtpException {
        try {
            return new DropFile(folder, working.resolve(argument));
        } catch (DropRefused e) {
            throw new FtpException(e.reason(), e);
        }
    }

    /** No REST: a transfer that broke off begins anew. */
    @Override
    public boolean isRandomAccessible() {
        return false;
    }

    @Override
    public void dispose() {
        // holds nothing open
    }
}
