package org.mailchute.simulator;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.simulator.Scenario.Rule;

/** One session, command by command (RFC 5321, STARTTLS of RFC 3207, PIPELINING of RFC 2920, AUTH of RFC 4954). */
final class SmtpDialogue {
    private final ExchangeOnline exchange;
    private final FaceRules rules;
    private final DemoAuthority authority;
    private final SessionState session;
    private final SignInCommand signIn;
    private final Paths paths;
    private Socket socket;
    private ClientLines client;
    private boolean cut;

    SmtpDialogue(ExchangeOnline exchange, FaceRules rules, DemoAuthority authority, SessionState session, Socket socket)
            throws IOException {
        this.exchange = exchange;
        this.rules = rules;
        this.authority = authority;
        this.session = session;
        this.signIn = new SignInCommand(exchange, rules, session);
        this.paths = new Paths(exchange, rules, session);
        this.socket = socket;
        this.client = new ClientLines(socket, exchange.scenario().delayMillis());
    }

    void run() throws IOException {
        boolean open = greet();
        while (open) {
            String line = client.line();
            String[] words = line.split("\\s", 2);
            String verb = words[0].toUpperCase(Locale.ROOT);
            exchange.saw(session.number, verb.equals("AUTH") ? line.replaceFirst("(\\S+\\s+\\S+).*", "$1") : line);
            open = !tooOld() && obey(verb, words.length > 1 ? words[1] : "") && !cut;
        }
        client.flush();
    }

    private boolean tooOld() {
        Duration most = Duration.ofMinutes(exchange.scenario().limits().sessionMinutes());
        boolean old = exchange.clock().instant().isAfter(session.since.plus(most));
        if (old) {
            client.say("421 4.4.2 Connection dropped");
        }
        return old;
    }

    private boolean greet() {
        String scripted = exchange.rules().reply(At.GREETING, session.address);
        String other = scripted.isEmpty() ? exchange.scenario().greeting() : scripted;
        say(other.isEmpty() ? "220 simulator.outlook.example Microsoft ESMTP MAIL Service ready" : other);
        return other.isEmpty() || other.startsWith("2");
    }

    /** Or says nothing and ends the session, where the scenario wants it so. */
    private void say(String reply) {
        if (reply.equals(Rule.NONE)) {
            cut = true;
        } else {
            client.say(reply);
        }
    }

    /** False when that was the end of the session. */
    private boolean obey(String verb, String rest) throws IOException {
        switch (verb) {
            case "EHLO" -> hello(rest);
            case "HELO" -> {
                session.reset();
                client.say("250 simulator.outlook.example Hello");
            }
            case "STARTTLS" -> startTls();
            case "AUTH" -> say(signIn.auth(client, rest));
            case "MAIL" -> say(paths.mail(rest));
            case "RCPT" -> say(paths.recipient(rest));
            case "DATA" -> {
                return data();
            }
            case "RSET" -> {
                session.reset();
                client.say("250 2.0.0 Resetting");
            }
            case "NOOP" -> client.say("250 2.0.0 OK");
            case "QUIT" -> {
                rules.closed(session); // before the reply: who has it may connect again at once
                client.say("221 2.0.0 Service closing transmission channel");
                return false;
            }
            default -> client.say("500 5.3.3 Unrecognized command '" + verb + "'");
        }
        return true;
    }

    private void hello(String name) {
        session.reset();
        String scripted = exchange.rules().reply(At.EHLO, session.address);
        if (!scripted.isEmpty()) {
            say(scripted);
            return;
        }
        List<String> lines = new ArrayList<>(List.of(
                "simulator.outlook.example Hello [" + session.address + "] " + name,
                "SIZE " + Paths.SIZE,
                "PIPELINING",
                "DSN",
                "ENHANCEDSTATUSCODES"));
        if (session.tls.isEmpty()) {
            lines.add("STARTTLS");
        }
        lines.addAll(rules.offers(session));
        lines.addAll(List.of("8BITMIME", "SMTPUTF8"));
        for (int at = 0; at < lines.size(); at++) {
            client.say("250" + (at == lines.size() - 1 ? " " : "-") + lines.get(at));
        }
    }

    /** What came after STARTTLS in the clear is thrown away with its lines (RFC 3207 section 4.2). */
    private void startTls() throws IOException {
        if (!session.tls.isEmpty()) {
            client.say("503 5.5.2 Only one STARTTLS command can be issued per session");
            return;
        }
        String scripted = exchange.rules().reply(At.STARTTLS, session.address);
        if (!scripted.isEmpty()) {
            say(scripted);
            return;
        }
        client.say("220 2.0.0 SMTP server ready");
        client.flush();
        SSLSocket secure = (SSLSocket)
                authority.serverContext().getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        secure.setUseClientMode(false);
        secure.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        secure.setWantClientAuth(rules.asksForClientCertificate());
        secure.startHandshake();
        session.reset();
        session.tls = secure.getSession().getProtocol();
        ClientChain.of(secure).ifPresent(this::present);
        socket = secure;
        client = new ClientLines(secure, exchange.scenario().delayMillis());
    }

    private void present(ClientChain chain) {
        session.certificate = chain.subject();
        session.certificateNames = authority.vouchesFor(chain) ? chain.names() : List.of();
    }

    /** False when the connection is to be cut. */
    private boolean data() throws IOException {
        String refusal = session.recipients.isEmpty()
                ? "503 5.5.2 Need rcpt command"
                : exchange.rules().reply(At.DATA, session.recipients);
        if (!refusal.isEmpty()) {
            say(refusal);
            return true;
        }
        client.say("354 Start mail input; end with <CRLF>.<CRLF>");
        Path file = exchange.newFile(rules.option(session), session.recipients.get(0));
        boolean goOn = take(file, content(file));
        session.reset();
        return goOn;
    }

    /** A message that is cut off leaves no file: the folder holds what was taken, and nothing else. */
    private long content(Path file) throws IOException {
        try {
            return client.contentTo(file, Paths.SIZE);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private boolean take(Path file, long length) throws IOException {
        session.octets = length;
        session.content = file;
        String refusal = length > Paths.SIZE ? Paths.TOO_BIG : rules.endOfData(session);
        if (refusal.isEmpty()) {
            refusal = exchange.rules().reply(At.END_OF_DATA, session.recipients);
        }
        if (!refusal.isEmpty()) {
            Files.delete(file);
            say(refusal);
            return true;
        }
        exchange.took(received(file));
        if (session.recipients.stream()
                .anyMatch(recipient -> exchange.rules().next(At.LOST, recipient).isPresent())) {
            return false;
        }
        client.say("250 2.6.0 <" + session.number + "@simulator.outlook.example> Queued mail for delivery");
        return true;
    }

    private Received received(Path file) {
        return new Received(
                rules.option(session),
                session.from,
                List.copyOf(session.recipients),
                file,
                session.tls,
                session.user,
                session.certificate,
                session.number,
                exchange.clock().instant(),
                rules.leaves(session));
    }
}
