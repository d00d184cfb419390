package org.mailchute.listener;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.mailchute.credentials.TlsTrouble;
import org.mailchute.smtpserver.Lines;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One connection of a device, command by command (RFC 5321; RFC 1870, 2920, 3207, 4954, 6152). */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final int FAULTS = 20;

    private final ListenerPlan plan;
    private final Lobby lobby;
    private final Optional<StartTls> tls;
    private final Client client;
    private final Transaction transaction;
    private final Logins logins;
    private final InetAddress address;
    private DeviceLink link;
    private Lines lines;
    private boolean greeted;
    private boolean over;
    private int faults;

    Session(Lobby lobby, Optional<StartTls> tls, Socket socket) throws IOException {
        this.plan = lobby.plan();
        this.lobby = lobby;
        this.tls = tls;
        this.address = socket.getInetAddress();
        this.client = new Client(plan, address);
        this.transaction = new Transaction(lobby, client);
        this.logins = new Logins(lobby, client, address);
        Instant end = lobby.clock().instant().plus(plan.sessionAge());
        this.link = new DeviceLink(socket, lobby.watchdog().leash(socket), lobby.clock(), plan.idle(), end);
        this.lines = new Lines(link);
    }

    void run() {
        try {
            greet();
            while (!over) {
                obey(lines.line());
                if (faults > FAULTS) {
                    bye("421 4.7.0 Too many errors");
                }
            }
            lines.flush();
        } catch (Lines.TlsAtOnce e) {
            lobby.refusals().count(Refusal.TLS);
            tell(
                    Level.WARN,
                    "tls at once",
                    client.address() + " begins TLS at once: set the device to STARTTLS, not to SSL or TLS");
            last("500 5.5.2 TLS begins with STARTTLS here: set the device to STARTTLS, not to SSL");
        } catch (SSLException e) {
            lobby.refusals().count(Refusal.TLS);
            tell(Level.WARN, "no tls", "no TLS with " + client.address() + ": " + trouble(e));
        } catch (Lines.TooLong e) {
            last("500 5.5.2 Line too long");
        } catch (SocketTimeoutException e) {
            last("421 4.4.2 Too slow, closing");
        } catch (EOFException e) {
            LOG.debug("source=smtp:{}: {} hung up", plan.name(), client.address());
        } catch (IOException e) {
            tell(Level.INFO, "broke", "the session of " + client.address() + " broke: " + Printable.line(e.toString()));
        } finally {
            lobby.host()
                    .learning()
                    .ifPresent(list -> client.toLearn(lobby.clock().instant()).ifPresent(list::saw));
        }
    }

    private String trouble(SSLException fault) {
        boolean legacy = tls.map(StartTls::legacy).orElse(false);
        return Printable.shown(TlsTrouble.said(
                fault,
                legacy
                        ? "renew its firmware"
                        : "renew its firmware, or give it a legacyPort of intake " + plan.name()));
    }

    private void last(String reply) {
        tell(Level.INFO, "cut off", client.address() + " was cut off: " + reply);
        try {
            lines.say(reply);
            lines.flush();
        } catch (IOException e) {
            LOG.debug("it did not hear so", e);
        }
    }

    private void tell(Level level, String kind, String what) {
        lobby.tell(level, address, kind, what);
    }

    private void greet() {
        if (client.admitted() || lobby.host().learning().isPresent()) {
            lines.say("220 " + lobby.host().name() + " ESMTP Mailchute");
        } else {
            lobby.refusals().count(Refusal.NETWORK);
            tell(Level.INFO, "network", client.address() + " is not in networks, refused");
            bye("554 5.7.1 " + client.stranger());
        }
    }

    private void bye(String reply) {
        lines.say(reply);
        over = true;
    }

    private void fault(String reply) {
        fault(Refusal.COMMAND, reply);
    }

    private void fault(Refusal why, String reply) {
        lobby.refusals().count(why);
        faults++;
        lines.say(reply);
    }

    private void obey(String line) throws IOException {
        String[] words = line.strip().split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        switch (verb(line)) {
            case "EHLO" -> hello(rest);
            case "HELO" -> {
                reset(rest);
                lines.say("250 " + lobby.host().name());
            }
            case "STARTTLS" -> startTls(rest);
            case "AUTH" -> auth(rest);
            case "MAIL" -> tried(() -> mail(rest));
            case "RCPT" -> tried(() -> transaction.recipient(rest));
            case "DATA" -> tried(() -> transaction.data(rest, lines));
            case "RSET" -> {
                transaction.reset();
                lines.say("250 2.0.0 Ok");
            }
            case "NOOP" -> lines.say("250 2.0.0 Ok");
            case "QUIT" -> bye("221 2.0.0 Bye");
            case "HELP" -> lines.say("214 2.0.0 Send mail with MAIL, RCPT and DATA");
            case "VRFY", "EXPN" -> fault("502 5.5.1 Whether an address exists is not told");
            case "BDAT", "ETRN", "TURN", "SEND", "SOML", "SAML" -> fault("502 5.5.1 Not implemented");
            // a browser or proxy that was made to speak to us: its body must not become commands
            case "GET", "POST", "PUT", "HEAD", "CONNECT", "OPTIONS" -> bye("421 4.7.0 This is SMTP");
            default -> fault("500 5.5.2 Unknown command");
        }
    }

    /** No control may stand in a command: it would have been the end of a line to somebody else. */
    private static String verb(String line) {
        boolean plain = line.chars().noneMatch(letter -> letter < 32 && letter != '\t' || letter == 127);
        return plain ? line.strip().split("\\s+", 2)[0].toUpperCase(Locale.ROOT) : "";
    }

    /** Any name will do, none too: devices say addresses, underscores, model names. */
    private void reset(String given) {
        client.greets(Printable.line(given.strip()));
        greeted = true;
        transaction.reset();
    }

    private void hello(String given) {
        reset(given);
        EhloReply offers = new EhloReply(
                plan.maxMessageBytes(),
                tls.isPresent() && !link.encrypted(),
                !plan.logins().isEmpty() && mayLogIn());
        offers.reply(lobby.host().name()).forEach(lines::say);
    }

    private boolean mayLogIn() {
        return link.encrypted() || tls.isEmpty() || plan.loginWithoutTls();
    }

    private void startTls(String rest) throws IOException {
        if (!rest.isEmpty()) {
            fault("501 5.5.4 STARTTLS takes nothing behind it");
        } else if (tls.isEmpty() || link.encrypted()) {
            fault(link.encrypted() ? "503 5.5.1 TLS is on already" : "502 5.5.1 No TLS here");
        } else if (lines.more()) {
            bye("421 4.7.0 Commands before TLS are refused"); // RFC 3207 section 4.2: injected in the clear
        } else {
            lines.say("220 2.0.0 Ready");
            lines.flush();
            link = link.over(tls.get());
            lines = new Lines(link);
            client.logsIn(Optional.empty());
            transaction.reset();
            greeted = false;
        }
    }

    private void auth(String rest) throws IOException {
        if (plan.logins().isEmpty()) {
            fault(Refusal.LOGIN, "502 5.5.1 No login is needed here: set the device to none");
        } else if (!mayLogIn()) {
            fault(Refusal.TLS, "538 5.7.11 Passwords only after STARTTLS");
        } else if (client.loggedIn() || transaction.begun()) {
            fault("503 5.5.1 Not now");
        } else {
            switch (logins.ask(rest, lines)) {
                case FAULT -> faults++;
                case OVER -> over = true;
                case ANSWERED -> {}
            }
        }
    }

    /** Gives the reply, or says with a {@link PathArgument.Bad} what is wrong. */
    @FunctionalInterface
    private interface Command {
        String run() throws IOException, PathArgument.Bad;
    }

    private void tried(Command command) throws IOException {
        try {
            lines.say(command.run());
        } catch (PathArgument.Bad e) {
            String what = client.address() + " (\"" + client.name() + "\") was told " + e.reply();
            if (client.known()) {
                LOG.info("source=smtp:{}: {}", plan.name(), what);
            } else {
                tell(Level.INFO, "told", what);
            }
            fault(e.why(), e.reply());
        }
    }

    private String mail(String rest) throws PathArgument.Bad {
        if (!greeted) {
            throw new PathArgument.Bad(Refusal.COMMAND, "503 5.5.1 Send HELO or EHLO first");
        }
        if (plan.tlsRequired() && !link.encrypted()) {
            throw new PathArgument.Bad(Refusal.TLS, "530 5.7.0 STARTTLS first");
        }
        return transaction.mail(rest);
    }
}
