package org.mailchute.polled;

import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.net.ProtocolCommandEvent;
import org.apache.commons.net.ProtocolCommandListener;
import org.jspecify.annotations.Nullable;

/**
 * What was said in one control connection. commons-net tells of a refused listing, or one that breaks off, only by its last
 * reply code: what it gives is an empty listing.
 */
public final class Conversation implements ProtocolCommandListener {
    private String command = "";
    private boolean begun;
    private @Nullable FtpAnswer latest;
    private @Nullable FtpAnswer refusal;

    /** A connection is about to be opened: what comes first answers no command. */
    public void opening() {
        command = "";
        begun = false;
        latest = null;
        refusal = null;
    }

    @Override
    public void protocolCommandSent(ProtocolCommandEvent event) {
        command = event.getCommand();
        begun = false;
    }

    @Override
    public void protocolReplyReceived(ProtocolCommandEvent event) {
        FtpAnswer said = new FtpAnswer(command, begun, event.getReplyCode(), text(event.getMessage()));
        latest = said;
        begun |= said.preliminary();
        if (refusal == null && said.refused()) {
            refusal = said;
        }
    }

    /** All lines of a reply, without code. */
    private static String text(String reply) {
        return reply.lines()
                .map(line -> line.replaceFirst("^\\d{3}[ -]?", "").strip())
                .collect(Collectors.joining(" "));
    }

    /** Empty when nothing was said yet. */
    public Optional<FtpAnswer> latest() {
        return Optional.ofNullable(latest);
    }

    /** The first of our commands that was refused since the connection was opened. */
    public Optional<FtpAnswer> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** The command that was sent last; empty when none was. */
    public String command() {
        return command;
    }

    /** Whether a transfer began and the server owes us how it ended. */
    public boolean owesReply() {
        return latest != null && latest.preliminary();
    }
}
