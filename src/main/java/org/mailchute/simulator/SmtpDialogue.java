package org.mailchute.simulator;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.simulator.Scenario.Rule;

/** One session, command by command (RFC 5321, STARTTLS of RFC 3207, PIPELINING of RFC 2920, AUTH of RFC 4954). */
final class SmtpDialogue {
    /** Octets of a message, as smtp.office365.com says in EHLO. */
    private static final long SIZE = 157_286_400;

    private static final String TOO_BIG = "552 5.3.4 Message size exceeds fixed maximum message size";
    private static final String CANCELLED = "*";
    private static final Pattern FROM = Pattern.compile("(?i)FROM:\\s*<([^<>\\s]+@[^<>\\s]+|)>(?: (.*))?");
    private static final Pattern TO = Pattern.compile("(?i)TO:\\s*<([^<>\\s]+@[^<>\\s]+)>(?: .*)?");
    private static final Pattern DECLARED = Pattern.compile("(?i)(?:.* )?SIZE=(\\d{1,18})(?: .*)?");

    private final ExchangeOnline exchange;
    private final FaceRules rules;
    private final DemoAuthority authority;
    private final SessionState session;
    private Socket socket;
    private Wire wire;
    private boolean cut;

    SmtpDialogue(ExchangeOnline exchange, FaceRules rules, DemoAuthority authority, SessionState session, Socket socket)
            throws IOException {
        this.exchange = exchange;
        this.rules = rules;
        this.authority = authority;
        this.session = session;
        this.socket = socket;
        this.wire = new Wire(socket, exchange.scenario().delayMillis());
    }

    void run() throws IOException {
        boolean open = greet();
        while (open) {
            String line = wire.line();
            String[] words = line.split("\\s", 2);
            String verb = words[0].toUpperCase(Locale.ROOT);
            exchange.saw(session.number, verb.equals("AUTH") ? line.replaceFirst("(\\S+\\s+\\S+).*", "$1") : line);
            open = !tooOld() && obey(verb, words.length > 1 ? words[1] : "") && !cut;
        }
        wire.flush();
    }

    private boolean tooOld() {
        Duration most = Duration.ofMinutes(exchange.scenario().limits().sessionMinutes());
        boolean old = exchange.clock().instant().isAfter(session.since.plus(most));
        if (old) {
            wire.say("421 4.4.2 Connection dropped");
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
            wire.say(reply);
        }
    }

    /** False when that was the end of the session. */
    private boolean obey(String verb, String rest) throws IOException {
        switch (verb) {
            case "EHLO" -> hello(rest);
            case "HELO" -> {
                session.reset();
                wire.say("250 simulator.outlook.example Hello");
            }
            case "STARTTLS" -> startTls();
            case "AUTH" -> auth(rest);
            case "MAIL" -> mail(rest);
            case "RCPT" -> recipient(rest);
            case "DATA" -> {
                return data();
            }
            case "RSET" -> {
                session.reset();
                wire.say("250 2.0.0 Resetting");
            }
            case "NOOP" -> wire.say("250 2.0.0 OK");
            case "QUIT" -> {
                rules.closed(session); // before the reply: who has it may connect again at once
                wire.say("221 2.0.0 Service closing transmission channel");
                return false;
            }
            default -> wire.say("500 5.3.3 Unrecognized command '" + verb + "'");
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
                "SIZE " + SIZE,
                "PIPELINING",
                "DSN",
                "ENHANCEDSTATUSCODES"));
        if (session.tls.isEmpty()) {
            lines.add("STARTTLS");
        }
        lines.addAll(rules.offers(session));
        lines.addAll(List.of("8BITMIME", "SMTPUTF8"));
        for (int at = 0; at < lines.size(); at++) {
            wire.say("250" + (at == lines.size() - 1 ? " " : "-") + lines.get(at));
        }
    }

    /** What came after STARTTLS in the clear is thrown away with its wire (RFC 3207 section 4.2). */
    private void startTls() throws IOException {
        if (!session.tls.isEmpty()) {
            wire.say("503 5.5.2 Only one STARTTLS command can be issued per session");
            return;
        }
        String scripted = exchange.rules().reply(At.STARTTLS, session.address);
        if (!scripted.isEmpty()) {
            say(scripted);
            return;
        }
        wire.say("220 2.0.0 SMTP server ready");
        wire.flush();
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
        wire = new Wire(secure, exchange.scenario().delayMillis());
    }

    private void present(ClientChain chain) {
        session.certificate = chain.subject();
        session.certificateNames = authority.vouchesFor(chain) ? chain.names() : List.of();
    }

    private void auth(String rest) throws IOException {
        String[] words = rest.split(" ", 2);
        String mechanism = words[0].toUpperCase(Locale.ROOT);
        if (rules.offers(session).stream()
                .noneMatch(offer -> List.of(offer.split(" ")).contains(mechanism))) {
            wire.say("504 5.7.4 Unrecognized authentication type");
        } else if (!session.user.isEmpty() || session.mail) {
            wire.say("503 5.5.2 Bad sequence of commands"); // RFC 4954 section 4
        } else {
            String response =
                    words.length > 1 ? words[1] : asked(mechanism.equals("LOGIN") ? "334 VXNlcm5hbWU6" : "334 ");
            prove(mechanism, response);
        }
    }

    private void prove(String mechanism, String response) throws IOException {
        String second = mechanism.equals("LOGIN") && !response.equals(CANCELLED) ? asked("334 UGFzc3dvcmQ6") : "";
        if (response.equals(CANCELLED) || second.equals(CANCELLED)) {
            wire.say("501 5.5.4 Authentication cancelled");
            return;
        }
        String proof = decoded(response) + (mechanism.equals("LOGIN") ? "\u0001" + decoded(second) : "");
        String scripted = exchange.rules().reply(At.AUTH, user(proof));
        String refusal = scripted.isEmpty() ? rules.login(session, mechanism, proof) : scripted;
        say(refusal.isEmpty() ? "235 2.7.0 Authentication successful" : refusal);
    }

    /** Whom the proof names: {@code user=NAME^Aauth=...} of XOAUTH2, or {@code NAME^A...}. */
    private static String user(String proof) {
        return proof.replaceFirst("^user=", "").replaceFirst("(?s)\u0001.*", "");
    }

    private String asked(String challenge) throws IOException {
        wire.say(challenge);
        return wire.line();
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "not base64";
        }
    }

    private void mail(String rest) {
        Matcher path = FROM.matcher(rest);
        String refusal = path.matches() ? senderRefused(path.group(1), path.group(2)) : "501 5.1.7 Invalid address";
        if (refusal.isEmpty()) {
            session.from = path.group(1);
            session.mail = true;
        }
        say(refusal.isEmpty() ? "250 2.1.0 Sender OK" : refusal);
    }

    private String senderRefused(String from, @org.jspecify.annotations.Nullable String parameters) {
        if (session.mail) {
            return "503 5.5.2 Sender already specified";
        }
        String refusal = rules.mail(session, from);
        if (!refusal.isEmpty()) {
            return refusal;
        }
        Matcher size = DECLARED.matcher(parameters == null ? "" : parameters);
        boolean tooBig = size.matches() && Long.parseLong(size.group(1)) > SIZE;
        return tooBig ? TOO_BIG : exchange.rules().reply(At.MAIL, from);
    }

    private void recipient(String rest) {
        Matcher path = TO.matcher(rest);
        String refusal = path.matches() ? recipientRefused(path.group(1)) : "501 5.1.3 Invalid address";
        if (refusal.isEmpty()) {
            session.recipients.add(path.group(1));
        }
        say(refusal.isEmpty() ? "250 2.1.5 Recipient OK" : refusal);
    }

    private String recipientRefused(String recipient) {
        if (!session.mail) {
            return "503 5.5.1 Bad sequence of commands";
        }
        String refusal = rules.recipient(session, recipient);
        return refusal.isEmpty() ? exchange.rules().reply(At.RCPT, recipient) : refusal;
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
        wire.say("354 Start mail input; end with <CRLF>.<CRLF>");
        Path file = exchange.newFile(rules.option(session), session.recipients.get(0));
        boolean goOn = take(file, content(file));
        session.reset();
        return goOn;
    }

    /** A message that is cut off leaves no file: the folder holds what was taken, and nothing else. */
    private long content(Path file) throws IOException {
        try {
            return wire.contentTo(file, SIZE);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private boolean take(Path file, long length) throws IOException {
        session.octets = length;
        String refusal = length > SIZE ? TOO_BIG : rules.endOfData(session);
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
        wire.say("250 2.6.0 <" + session.number + "@simulator.outlook.example> Queued mail for delivery");
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
