package org.mailchute.listener;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a device, command by command (RFC 5321; RFC 1870, 2920, 3207, 4954, 6152). */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final int FAULTS = 20;
    private static final int WRONG_PASSWORDS = 3;

    private final ListenerPlan plan;
    private final Lobby lobby;
    private final Optional<ServerTls> tls;
    private final String address;
    private final boolean admitted;
    private final Instant end;
    private final List<String> refusedRecipients = new ArrayList<>();
    private Socket socket;
    private Lines lines;
    private String name = "";
    private String lastSender = "";
    private boolean greeted;
    private boolean over;
    private int faults;
    private int wrongPasswords;
    private Optional<String> login = Optional.empty();
    private @Nullable Mail mail;

    Session(ListenerPlan plan, Lobby lobby, Optional<ServerTls> tls, Socket socket) throws IOException {
        this.plan = plan;
        this.lobby = lobby;
        this.tls = tls;
        this.socket = socket;
        this.address = socket.getInetAddress().getHostAddress();
        this.admitted = plan.admits(socket.getInetAddress());
        this.end = lobby.clock().instant().plus(plan.sessionAge());
        this.lines = new Lines(socket, lobby.clock(), plan.idle(), end);
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
        } catch (Lines.TooLong e) {
            last("500 5.5.2 Line too long");
        } catch (SocketTimeoutException e) {
            last("421 4.4.2 Too slow, closing");
        } catch (EOFException e) {
            LOG.debug("source=smtp:{}: {} hung up", plan.name(), address);
        } catch (IOException e) {
            LOG.info("source=smtp:{}: the session of {} broke: {}", plan.name(), address, Said.line(e.toString()));
        } finally {
            learn();
        }
    }

    private void last(String reply) {
        LOG.info("source=smtp:{}: {} was cut off: {}", plan.name(), address, reply);
        try {
            lines.say(reply);
            lines.flush();
        } catch (IOException e) {
            LOG.debug("it did not hear so", e);
        }
    }

    private void learn() {
        boolean said = !name.isEmpty() || !lastSender.isEmpty(); // else a port scan
        if (said && !known()) {
            plan.learning()
                    .ifPresent(list -> list.saw(new UnknownDevice(
                            address,
                            name,
                            lastSender,
                            refusedRecipients,
                            1,
                            lobby.clock().instant())));
        }
    }

    private void greet() {
        if (admitted || plan.learning().isPresent()) {
            lines.say("220 " + plan.gateway() + " ESMTP Mailchute");
        } else {
            LOG.info("source=smtp:{}: {} is not in networks, refused", plan.name(), address);
            bye("554 5.7.1 " + stranger());
        }
    }

    private String stranger() {
        return "Your address " + address + " may not send here: ask the administrator to add it to networks of intake "
                + plan.name();
    }

    private void bye(String reply) {
        lines.say(reply);
        over = true;
    }

    private void fault(String reply) {
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
                lines.say("250 " + plan.gateway());
            }
            case "STARTTLS" -> startTls(rest);
            case "AUTH" -> auth(rest);
            case "MAIL" -> tried(() -> mail(rest));
            case "RCPT" -> tried(() -> recipient(rest));
            case "DATA" -> data(rest);
            case "RSET" -> {
                mail = null;
                lines.say("250 2.0.0 Ok");
            }
            case "NOOP" -> lines.say("250 2.0.0 Ok");
            case "QUIT" -> bye("221 2.0.0 Bye");
            case "HELP" -> lines.say("214 2.0.0 Send mail with MAIL, RCPT and DATA");
            case "VRFY", "EXPN" -> fault("502 5.5.1 Whether an address exists is not told");
            case "BDAT", "ETRN", "TURN", "SEND", "SOML", "SAML" -> fault("502 5.5.1 Not implemented");
            // a browser or proxy that was made to speak to us: its body must not become commands
            case "GET", "POST", "PUT", "HEAD", "CONNECT", "OPTIONS" -> bye("421 4.7.0 This is SMTP");
            default ->
                fault(
                        line.startsWith("\u0016\u0003")
                                ? "500 5.5.2 TLS begins with STARTTLS here: set the device to STARTTLS, not to SSL"
                                : "500 5.5.2 Unknown command");
        }
    }

    /** No control may stand in a command: it would have been the end of a line to somebody else. */
    private static String verb(String line) {
        boolean plain = line.chars().noneMatch(letter -> letter < 32 && letter != '\t' || letter == 127);
        return plain ? line.strip().split("\\s+", 2)[0].toUpperCase(Locale.ROOT) : "";
    }

    /** Any name will do, none too: devices say addresses, underscores, model names. */
    private void reset(String given) {
        name = Said.line(given.strip());
        greeted = true;
        mail = null;
    }

    private void hello(String given) {
        reset(given);
        List<String> offers = new ArrayList<>(List.of(
                plan.gateway(), "SIZE " + plan.maxMessageBytes(), "PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES"));
        if (tls.isPresent() && !encrypted()) {
            offers.add("STARTTLS");
        }
        if (!plan.logins().isEmpty() && mayLogIn()) {
            offers.add("AUTH PLAIN LOGIN");
        }
        for (int i = 0; i < offers.size(); i++) {
            lines.say((i == offers.size() - 1 ? "250 " : "250-") + offers.get(i));
        }
    }

    private boolean encrypted() {
        return socket instanceof SSLSocket;
    }

    private boolean mayLogIn() {
        return encrypted() || tls.isEmpty() || plan.loginWithoutTls();
    }

    private void startTls(String rest) throws IOException {
        if (!rest.isEmpty()) {
            fault("501 5.5.4 STARTTLS takes nothing behind it");
        } else if (tls.isEmpty() || encrypted()) {
            fault(encrypted() ? "503 5.5.1 TLS is on already" : "502 5.5.1 No TLS here");
        } else if (lines.more()) {
            bye("421 4.7.0 Commands before TLS are refused"); // RFC 3207 section 4.2: injected in the clear
        } else {
            lines.say("220 2.0.0 Ready");
            lines.flush();
            socket.setSoTimeout(Math.toIntExact(plan.idle().toMillis()));
            socket = tls.get().over(socket);
            lines = new Lines(socket, lobby.clock(), plan.idle(), end);
            login = Optional.empty();
            mail = null;
            greeted = false;
        }
    }

    private void auth(String rest) throws IOException {
        if (plan.logins().isEmpty()) {
            fault("502 5.5.1 No login is needed here: set the device to none");
        } else if (!mayLogIn()) {
            fault("538 5.7.11 Passwords only after STARTTLS");
        } else if (login.isPresent() || mail != null) {
            fault("503 5.5.1 Not now");
        } else if (lobby.guard().shut(socket.getInetAddress())) {
            bye("421 4.7.0 Too many wrong passwords from your address, wait 15 minutes");
        } else {
            Optional<Authentication.Claim> claim = new Authentication(lines).ask(rest);
            if (claim.isPresent()) {
                prove(claim.get());
            } else {
                faults++;
            }
        }
    }

    private void prove(Authentication.Claim claim) throws IOException {
        login = lobby.guard().login(socket.getInetAddress(), claim.user(), claim.password());
        if (login.isPresent()) {
            lines.say("235 2.7.0 Welcome");
            return;
        }
        LOG.warn("source=smtp:{}: wrong user name or password from {}", plan.name(), address);
        lines.flush();
        lobby.pause(plan.loginDelay());
        lines.say("535 5.7.8 Wrong user name or password");
        if (++wrongPasswords >= WRONG_PASSWORDS) {
            bye("421 4.7.0 Too many wrong passwords");
        }
    }

    /** May say with a {@link Path.Bad} what is wrong. */
    @FunctionalInterface
    private interface Command {
        void run() throws Path.Bad;
    }

    private void tried(Command command) {
        try {
            command.run();
        } catch (Path.Bad e) {
            LOG.info("source=smtp:{}: {} (\"{}\") was told {}", plan.name(), address, name, e.reply());
            fault(e.reply());
        }
    }

    private void mail(String rest) throws Path.Bad {
        if (!greeted) {
            throw new Path.Bad("503 5.5.1 Send HELO or EHLO first");
        }
        if (mail != null) {
            throw new Path.Bad("503 5.5.1 One MAIL at a time");
        }
        if (plan.tlsRequired() && !encrypted()) {
            throw new Path.Bad("530 5.7.0 STARTTLS first");
        }
        Path path = Path.parse("FROM", rest);
        lastSender = path.address().map(MailAddress::toString).orElse("");
        if (known() || plan.learning().isEmpty()) {
            entered();
            sender(path);
        }
        mail = new Mail(new ReversePath(path.address()));
        lines.say("250 2.1.0 Ok");
    }

    private void sender(Path path) throws Path.Bad {
        path.checkMail(plan.maxMessageBytes());
        if (path.address().isEmpty() && !plan.nullSender()) {
            throw new Path.Bad("550 5.7.1 A sender is needed: set one in the device");
        }
        if (path.address().isPresent()) {
            refused(lobby.policy().sender(path.address().get()));
        }
    }

    private boolean known() {
        return admitted && (plan.logins().isEmpty() || login.isPresent());
    }

    /** Nothing is taken from whom nobody knows: this is no open relay. */
    private void entered() throws Path.Bad {
        if (!admitted) {
            throw new Path.Bad("550 5.7.1 " + stranger());
        }
        if (!known()) {
            throw new Path.Bad("530 5.7.0 Log in first");
        }
    }

    private static void refused(Optional<String> reason) throws Path.Bad {
        if (reason.isPresent()) {
            throw new Path.Bad("550 5.7.1 " + Said.reply(reason.get()));
        }
    }

    private void recipient(String rest) throws Path.Bad {
        Mail now = mail;
        if (now == null) {
            throw new Path.Bad("503 5.5.1 MAIL first");
        }
        Path path = Path.parse("TO", rest);
        path.checkRecipient();
        MailAddress recipient = path.address().orElseThrow();
        if (!known()) {
            refusedRecipients.add(recipient.toString());
        }
        entered();
        if (now.recipients() >= plan.maxRecipients()) {
            throw new Path.Bad("452 4.5.3 " + plan.maxRecipients() + " recipients at a time");
        }
        refused(lobby.policy().recipient(recipient));
        now.add(new ForwardPath(recipient));
        lines.say("250 2.1.5 Ok");
    }

    private void data(String rest) throws IOException {
        Mail now = mail;
        if (now == null || !rest.isEmpty()) {
            fault(now == null ? "503 5.5.1 MAIL first" : "501 5.5.4 DATA takes nothing behind it");
        } else if (now.recipients() == 0) {
            fault("554 5.5.1 No valid recipients");
        } else {
            mail = null;
            take(now);
        }
    }

    private void take(Mail now) throws IOException {
        Handover.Draft draft;
        try {
            draft = lobby.handover().open();
        } catch (IOException e) {
            LOG.error("source=smtp:{}: no message can be written", plan.name(), e);
            lines.say("452 4.3.1 No room now, try again later");
            return;
        }
        Content content = new Content(lines, draft.content(), plan.maxMessageBytes());
        boolean whole = false;
        try {
            lines.say("354 End with a dot on a line of its own");
            content.copy();
            whole = !content.tooLarge() && !content.unwritten();
        } finally {
            if (!whole) {
                draft.drop();
            }
        }
        lines.say(whole ? answer(draft.hand(now.envelope(), device())) : unfit(content));
    }

    private String unfit(Content content) {
        return content.tooLarge()
                ? "552 5.3.4 The message is larger than " + plan.maxMessageBytes() + " octets"
                : "452 4.3.1 No room now, try again later";
    }

    private String device() {
        return (login.orElse(address) + " " + name).strip();
    }

    private String answer(Handover.Answer answer) {
        if (answer instanceof Handover.Answer.Queued queued) {
            return "250 2.0.0 Queued as " + queued.queueId();
        }
        return answer instanceof Handover.Answer.Refused refused
                ? "554 5.7.1 " + Said.reply(refused.reason())
                : "451 4.3.0 Cannot be stored now, try again later";
    }

    /** What all sessions of a listener share. */
    interface Lobby {
        Clock clock();

        LoginGuard guard();

        Policy policy();

        Handover handover();

        /** Ends early when the listener does. */
        void pause(Duration time);
    }
}
