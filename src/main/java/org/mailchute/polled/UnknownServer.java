package org.mailchute.polled;

import com.jcraft.jsch.JSchException;
import java.util.Objects;

/** An SFTP server of whose host keys the settings know none. Its message is for people, with what to do. */
public final class UnknownServer extends JSchException {
    private static final long serialVersionUID = 1;

    UnknownServer(String what, Throwable cause) {
        super(what, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
