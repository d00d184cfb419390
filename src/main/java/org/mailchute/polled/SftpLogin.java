package org.mailchute.polled;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.time.Duration;
import java.util.List;

/**
 * How one SFTP server is known. Which of its keys it shows is agreed on before any is seen, so one that is not known is no
 * reason to go before those of its other types were asked for.
 */
public final class SftpLogin {
    private static final String ALGORITHMS = "server_host_key";

    private final List<String> fingerprints;
    private final Duration longest;
    private String fitting = JSch.getConfig(ALGORITHMS);

    /** Makes a session that is not connected yet, with all that proves who we are. */
    @FunctionalInterface
    public interface Sessions {
        Session create() throws JSchException;
    }

    /**
     * @param fingerprints those that are known besides the sessions' own file
     * @param longest that any step of a session may take, but for a file's own time
     */
    SftpLogin(List<String> fingerprints, Duration longest) {
        this.fingerprints = fingerprints;
        this.longest = longest;
    }

    /** Its steps may take as long as FTP's replies. */
    public static SftpLogin of(List<String> fingerprints) {
        return new SftpLogin(fingerprints, BoundedReplies.LONGEST);
    }

    /**
     * A session that is logged in.
     *
     * @throws UnknownServer when the server has no key that is known; it was told nothing then
     */
    public SftpSession open(Sessions sessions) throws JSchException {
        Session session = sessions.create();
        KnownServer known = new KnownServer(fingerprints, session.getHostKeyRepository());
        while (true) {
            session.setHostKeyRepository(known);
            session.setConfig(ALGORITHMS, fitting);
            try {
                return SftpSession.open(session, longest);
            } catch (JSchException e) {
                next(known, e);
            }
            session = sessions.create();
        }
    }

    /** Next time its keys of other types are asked for; or, when there are none, those of all types again. */
    private void next(KnownServer known, JSchException why) throws JSchException {
        String left = known.untried(fitting);
        boolean refused = !left.equals(fitting);
        fitting = refused && !left.isEmpty() ? left : JSch.getConfig(ALGORITHMS);
        if (!refused || left.isEmpty()) {
            throw known.unknown().isPresent()
                    ? new UnknownServer(known.unknown().get(), why)
                    : why;
        }
    }
}
