package org.mailchute.listener;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.mailchute.door.Guessers;
import org.mailchute.smtpserver.Lines;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logins of one session (RFC 4954), and how often they may be wrong. */
final class Logins {
    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);
    private static final int WRONG_PASSWORDS = 3;

    private final ListenerPlan plan;
    private final Lobby lobby;
    private final Client client;
    private final InetAddress address;
    private int wrongPasswords;

    /** What a login comes to for the session. */
    enum Next {
        ANSWERED,
        FAULT,
        OVER
    }

    Logins(Lobby lobby, Client client, InetAddress address) {
        this.plan = lobby.plan();
        this.lobby = lobby;
        this.client = client;
        this.address = address;
    }

    /** The whole of one AUTH. */
    Next ask(String rest, Lines lines) throws IOException {
        if (lobby.guard().shut(address)) {
            return shutOut(lines);
        }
        Optional<Authentication.Claim> claim = new Authentication(lines, plan.charset()).ask(rest);
        return claim.isPresent() ? prove(claim.get(), lines) : Next.FAULT;
    }

    private Next prove(Authentication.Claim claim, Lines lines) throws IOException {
        LoginGuard.Judged judged = lobby.guard().login(address, claim.user(), claim.password());
        return switch (judged.verdict()) {
            case RIGHT -> {
                client.logsIn(Optional.of(judged.user()));
                lines.say("235 2.7.0 Welcome");
                yield Next.ANSWERED;
            }
            case SHUT -> shutOut(lines);
            case WRONG -> wrongPassword(lines);
        };
    }

    private Next shutOut(Lines lines) {
        lobby.refusals().count(Refusal.LOGIN);
        lines.say("421 4.7.0 " + Guessers.SHUT_OUT);
        return Next.OVER;
    }

    private Next wrongPassword(Lines lines) throws IOException {
        lobby.refusals().count(Refusal.LOGIN);
        LOG.warn("source=smtp:{}: wrong user name or password from {}", plan.name(), client.address());
        lines.flush();
        lobby.pause(plan.loginDelay());
        lines.say("535 5.7.8 Wrong user name or password");
        if (++wrongPasswords < WRONG_PASSWORDS) {
            return Next.ANSWERED;
        }
        lines.say("421 4.7.0 Too many wrong passwords");
        return Next.OVER;
    }
}
